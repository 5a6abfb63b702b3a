"""The costs told to people: sums and items, totals over the months, and when one option passes another."""

from collections.abc import Iterator
from fractions import Fraction

from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import because, counted, dollars, listed, option_label
from assistant.knowledge import Citation, quantity
from assistant.policy.syntax import Cost, Policy, Rule
from assistant.reasoning.costs import CostItem, OptionCost, Range, unused_figures
from assistant.reasoning.decision import Decision
from assistant.reasoning.outlook import Comparison, CostOutlook, OptionOutlook


def write_costs(writer: Writer, decision: Decision) -> None:
    """Each option's initial and monthly range with its items."""
    policy = decision.policy
    writer.add(Style.HEADING, "Costs")
    for cost in decision.costs:
        writer.add(Style.TEXT, cost_line(policy, cost))
        for item in cost.items:
            writer.add(Style.POINT, item_line(item), cited_for(item), item.rule.id, indent=1)


def cost_line(policy: Policy, cost: OptionCost | OptionOutlook) -> str:
    """An option's sums in a line."""
    label = option_label(policy, cost.option)
    if not cost.items:
        return f"{label}: nothing to price"
    return f"{label}: {dollars_from_to(cost.initial)} at the start, {dollars_from_to(cost.monthly)} a month"


def item_line(item: CostItem) -> str:
    """An item with its range, and what else that range is: your own figure, assumed, narrowed."""
    said = [
        "a month" if item.monthly else "once",
        *(["your own figure"] if item.own else []),
        *(["assumed"] if item.assumed else []),
        *(["narrowed by your answers"] if item.narrowed else []),
    ]
    return f"{item.item}: {dollars_from_to((item.low, item.high))} {', '.join(said)}"


def cited_for(item: CostItem) -> tuple[Citation, ...]:
    """What is cited for an item's amounts: nothing for your own figure."""
    return () if item.own else item.rule.cites


def dollars_from_to(ends: Range) -> str:
    """A range in whole dollars; one amount where both ends are the same."""
    low, high = dollars(ends[0]), dollars(ends[1])
    return low if low == high else f"{low} to {high}"


def costs_document(decision: Decision, months: int) -> Document:
    """`whyso costs`: totals over the months, break-even, and every item with where its range comes from."""
    outlook = decision.costs_over(months)
    writer = Writer(decision.policy.source)
    write_totals(writer, decision, outlook)
    write_break_even(writer, decision.policy, outlook)
    shown: dict[CostItem, str] = {}
    for option in outlook.options:
        label = option_label(decision.policy, option.option)
        if option.items:
            writer.add(Style.HEADING, cost_line(decision.policy, option))
        for item in option.items:
            alike = f", as for {shown[item]}" if item in shown else ""
            writer.add(Style.POINT, item_line(item) + alike, cited_for(item), item.rule.id)
            for text, rule in () if alike else origins(item, decision):
                writer.add(Style.NOTE, text, rule.cites if rule else (), rule.id if rule else None, indent=1)
            shown.setdefault(item, label)
    return writer.document()


def write_totals(writer: Writer, decision: Decision, outlook: CostOutlook) -> None:
    """What each option has cost by the last month, and on the way there; own figures that found no use."""
    policy, months = decision.policy, outlook.months
    writer.add(Style.HEADING, f"Costs over {counted(months, 'month')}")
    for option in outlook.options:
        if option.items:
            passed = "; ".join(f"by month {n}, {dollars_from_to(option.cumulative[n])}" for n in _stations(months))
            writer.add(Style.POINT, f"{option_label(policy, option.option)}: {passed}")
        else:
            writer.add(Style.POINT, cost_line(policy, option))
    for item, options in unused_figures(decision.costs, decision.own).items():
        whose = listed(option_label(policy, option) for option in options)
        writer.add(Style.NOTE, f"Not used: your figure for {item} of {whose}, which is not priced here.")


def _stations(months: int) -> list[int]:
    """Four months on the way to the last, which is the fourth."""
    return sorted({-(-months * quarter // 4) for quarter in (1, 2, 3, 4)})


def write_break_even(writer: Writer, policy: Policy, outlook: CostOutlook, shown: int | None = None) -> None:
    """For each two options when one passes the other, and in which share of the combinations it has.

    `shown` is the last month that is shown, where that is not the last one of the outlook.
    """
    if not outlook.comparisons:
        return
    writer.add(Style.HEADING, "Break-even")
    items = {option.option: frozenset(option.items) for option in outlook.options}
    for comparison in outlook.comparisons:
        if items[comparison.dearer] == items[comparison.cheaper]:
            both = listed(option_label(policy, option) for option in (comparison.dearer, comparison.cheaper))
            writer.add(Style.POINT, f"{both} cost the same: what one pays for, the other does too.")
        else:
            last = outlook.months if shown is None else shown
            passing, share = _passing(policy, comparison, last), _share(policy, comparison, outlook.months)
            writer.add(Style.POINT, f"{passing} {share}")
    if any(comparison.error for comparison in outlook.comparisons):
        draws = quantity(outlook.draws)
        text = f"Shares count every combination of these ranges alike ({draws} drawn); they are no probabilities."
        writer.add(Style.NOTE, text)


def _passing(policy: Policy, comparison: Comparison, months: int) -> str:
    """When the option that costs more at the start has cost less in total."""
    dearer, cheaper = option_label(policy, comparison.dearer), option_label(policy, comparison.cheaper)
    earliest, latest, middle = comparison.earliest, comparison.latest, comparison.middle
    if earliest is None:
        return f"{dearer} never comes to cost less than {cheaper}: within these ranges there is no break-even."
    if comparison.until is not None:
        end = f"up to month {comparison.until}" if comparison.until else "at the start"
        return f"{dearer} can cost less than {cheaper} only {end}, and need not; after that it never does."
    if latest is not None:
        return f"{dearer} costs less than {cheaper} {_between(earliest, latest, months)}."
    first = f"{dearer} can cost less than {cheaper} {_from(earliest, months)}, but need never do so"
    halfway = "there is none" if middle is None else f"it does {_from(middle, months)}"
    return (
        f"{first}: within these ranges no break-even is certain. With each figure in the middle of its range {halfway}."
    )


def _between(earliest: int, latest: int, months: int) -> str:
    """From when on one total is below the other: `from month 4 on`, or not sure before a later month."""
    if earliest == latest:
        return _from(latest, months)
    return f"{_from(latest, months)} in every combination, in some {_from(earliest, months)}"


def _from(month: int, months: int) -> str:
    past = " (past the months shown)" if month > months else ""
    return f"from month {month} on{past}" if month else "from the start"


def _share(policy: Policy, comparison: Comparison, months: int) -> str:
    """The shares of the combinations by the last month."""
    dearer, cheaper = option_label(policy, comparison.dearer), option_label(policy, comparison.cheaper)
    by = f"By month {months}"
    for label, share in ((dearer, comparison.share), (cheaper, comparison.opposite)):
        if share == 1 and not comparison.error:
            return f"{by} {label} has cost less in every combination."
    if not comparison.share and not comparison.opposite:
        return f"{by} both have cost the same."
    give = f"give or take {max(round(comparison.error * 100, 1), 0.1)} points"
    shares = f"{dearer} has cost less in {_percent(comparison.share)} of the combinations, {cheaper} in"
    return f"{by} {shares} {_percent(comparison.opposite)}, {give}."


def _percent(share: Fraction) -> str:
    """A share to a tenth of a percent; what is possible is never shown as none, nor what is open as certain."""
    tenths = min(max(round(share * 1000), 1), 999)
    return f"{tenths // 10}.{tenths % 10}%"


def origins(item: CostItem, decision: Decision) -> Iterator[tuple[str, Rule | None]]:
    """Where an item's range comes from: its rule, what was assumed, and what narrowed it."""
    yield f"by {_named(item.rule)}", None
    if item.assumed:
        facts = decision.policy.facts
        counts = [
            facts[cost.times].state(cost.otherwise)
            for cost in item.rule.then
            if isinstance(cost, Cost) and cost.item == item.item and cost.times
        ]
        yield f"assumed until told: {'; '.join(dict.fromkeys(counts))}", None
    for rule in item.narrowed:
        whole = dollars_from_to(item.whole)
        yield f"narrowed from {whole} by {_named(rule)}: {because(rule, decision.inference)}", rule
    if item.disputed:
        yield f"not narrowed, since these rules leave no part in common: {listed(map(_named, item.disputed))}", None


def _named(rule: Rule) -> str:
    return f"{rule.id} ({rule.place}, {rule.basis})"
