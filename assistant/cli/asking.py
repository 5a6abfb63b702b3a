"""The commands that ask the source: ask, meaning."""

import click

from assistant.cli.settings import MAX_CASE_BYTES, Settings, anywhere, echo, echo_json, formats, read_input, settings
from assistant.errors import InputError, did_you_mean, shown


@click.command()
@click.argument("question", nargs=-1, required=True, metavar="QUESTION")
@formats("text", "json")
@anywhere
@settings
def ask(chosen: Settings, question: tuple[str, ...], form: str) -> None:
    """Answer a question from the source: the claims that say it, or that it does not.

    QUESTION may be quoted or not; - reads it from standard input.

    \b
    Examples:
      whyso ask "what does RAG cost per month?"
      whyso ask is fine-tuning more consistent
      whyso ask "which tools are recommended?" --format json
    """
    from assistant.dialogue.intents import asked_meaning
    from assistant.explanation.answers import answer_document
    from assistant.knowledge import index_of
    from assistant.reports.answers import answer_data

    text = _given(question)
    policy = chosen.load()
    index = index_of(policy.source)
    answer = index.ask(text)
    meaning = index.meaning(asked_meaning(text) or "")
    if form == "json":
        echo_json(answer_data(policy.source, answer, meaning))
    else:
        echo(answer_document(policy, answer, meaning))


def _given(words: tuple[str, ...]) -> str:
    if words != ("-",):
        return " ".join(words)
    data, _ = read_input("-", MAX_CASE_BYTES)
    return data.decode("utf-8", "replace")


@click.command()
@click.argument("term", nargs=-1, metavar="[TERM]")
@formats("text", "json")
@anywhere
@settings
def meaning(chosen: Settings, term: tuple[str, ...], form: str) -> None:
    """Show what TERM means, or all terms of the glossary.

    \b
    Examples:
      whyso meaning
      whyso meaning LoRA
      whyso meaning vector database --format json
    """
    from assistant.explanation.answers import glossary_document, meaning_document
    from assistant.knowledge import index_of
    from assistant.reports.answers import meaning_data

    policy = chosen.load()
    source = policy.source
    if not term:
        if form == "json":
            echo_json([meaning_data(one) for one in source.glossary])
        else:
            echo(glossary_document(policy))
        return
    wanted = " ".join(term)
    found = index_of(source).meaning(wanted)
    if found is None:
        forms = [form for one in source.glossary for form in one.forms]
        help = did_you_mean(wanted, forms) or "say `whyso meaning` for all terms"
        raise InputError(f"there is no term `{shown(wanted)}` in the glossary", help=help)
    if form == "json":
        echo_json([meaning_data(found)])
    else:
        echo(meaning_document(policy, found))


COMMANDS = (ask, meaning)
