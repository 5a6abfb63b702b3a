"""The costs of the options as a record tells them: sums, items with where each is from, and when one passes another."""

from assistant.explanation.costs import cited_for, cost_line, dollars_from_to, item_line, origins, write_break_even
from assistant.explanation.document import Style, Writer, unmarked
from assistant.explanation.wording import dollars, option_label
from assistant.reasoning.costs import CostItem
from assistant.reasoning.decision import Decision
from assistant.reasoning.outlook import CostOutlook, OptionOutlook
from assistant.reports.record import CostItemSeen, CostsSeen, OptionCostSeen


def costs_seen(decision: Decision, outlook: CostOutlook) -> CostsSeen:
    """The costs of the options, in words."""
    writer = Writer(decision.policy.source)
    write_break_even(writer, decision.policy, outlook)
    document = writer.document()
    told = [one for one in document.paragraphs if one.style is not Style.HEADING]
    return CostsSeen(
        outlook.months,
        tuple(_option(one, decision) for one in outlook.options),
        tuple(unmarked(document, one) for one in told if one.style is Style.POINT),
        " ".join(unmarked(document, one) for one in told if one.style is Style.NOTE),
    )


def _option(one: OptionOutlook, decision: Decision) -> OptionCostSeen:
    return OptionCostSeen(
        one.option,
        option_label(decision.policy, one.option),
        cost_line(decision.policy, one),
        dollars_from_to(one.initial),
        dollars_from_to(one.monthly),
        dollars_from_to(one.cumulative[-1]),
        tuple(_item(item, decision) for item in one.items),
    )


def _item(item: CostItem, decision: Decision) -> CostItemSeen:
    """An item; where its range is from is what follows the rule that prices it."""
    said = item_line(item).removeprefix(f"{item.item}: ").removeprefix(dollars_from_to((item.low, item.high)))
    return CostItemSeen(
        item.item,
        dollars(item.low),
        dollars(item.high),
        said.strip(),
        "; ".join(text for text, _ in list(origins(item, decision))[1:]),
        item.rule.id,
        item.rule.at,
        tuple(dict.fromkeys(citation.passage for citation in cited_for(item))),
    )
