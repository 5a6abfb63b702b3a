"""The costs of the options for a record: sums, items and comparisons in words, and as plain data."""

from typing import Any

from assistant.explanation.conclusion import cost_line
from assistant.explanation.wording import cents, dollars, option_label, percent
from assistant.policy.syntax import Policy
from assistant.reasoning.costs import CostItem, OptionCost, Range
from assistant.reasoning.outlook import Comparison, CostOutlook, OptionOutlook
from assistant.reports.record import CostItemSeen, CostsSeen, OptionCostSeen

_PERIODS = {"once": "once", "month": "a month", "quarter": "a month, a third of a quarter"}
NOTE = (
    "Ranges are US dollars. A share counts the combinations of the figures within their ranges, each taken evenly and "
    "independently of the others; it says how the ranges lie, and is no probability."
)


def costs_seen(policy: Policy, outlook: CostOutlook) -> CostsSeen:
    """The costs of the options, in words."""
    return CostsSeen(
        outlook.months,
        tuple(_option(policy, one) for one in outlook.options),
        tuple(comparison_line(policy, one, outlook.months) for one in outlook.comparisons),
        NOTE,
    )


def _range(one: Range) -> str:
    low, high = one
    return dollars(low) if low == high else f"{dollars(low)} to {dollars(high)}"


def _option(policy: Policy, one: OptionOutlook) -> OptionCostSeen:
    return OptionCostSeen(
        one.option,
        option_label(policy, one.option),
        cost_line(policy, OptionCost(one.option, one.items)),
        _range(one.initial),
        _range(one.monthly),
        _range(one.cumulative[-1]),
        tuple(_item(item) for item in one.items),
    )


def _item(item: CostItem) -> CostItemSeen:
    notes = []
    if item.own:
        notes.append("your own figure")
    if item.assumed:
        notes.append("assumed")
    if item.narrowed:
        notes.append("within its range by " + ", ".join(rule.id for rule in item.narrowed))
    return CostItemSeen(
        item.item,
        dollars(item.low),
        dollars(item.high),
        _PERIODS[item.per],
        "; ".join(notes),
        item.rule.id,
        item.rule.at,
        tuple(dict.fromkeys(citation.passage for citation in item.rule.cites)),
    )


def comparison_line(policy: Policy, one: Comparison, months: int) -> str:
    """Whether and when the option that costs more at the start can become the cheaper one."""
    dearer, cheaper = policy.label(one.dearer), policy.label(one.cheaper)
    begin = f"{dearer} costs more at the start than {cheaper}"
    if one.earliest is None:
        return f"{begin}, and within these ranges it never becomes the cheaper."
    when = f"it can be the cheaper {_from(one.earliest)}"
    middle = "never" if one.middle is None else _from(one.middle)
    sure = "in no month for certain" if one.latest is None else f"for certain {_from(one.latest)}"
    share = "none" if not one.share else "all" if one.share == 1 else f"about {percent(float(one.share))}"
    error = f", give or take {one.error * 100:.1f} points" if one.error else ""
    return (
        f"{begin}; {when}, {sure}, and with every figure in the middle of its range {middle}. "
        f"By month {months} it is the cheaper in {share} of the combinations of the ranges{error}."
    )


def _from(month: int) -> str:
    return f"from month {month}" if month else "from the start"


def cost_outlook_data(outlook: CostOutlook) -> dict[str, Any]:
    """The costs over the months as plain data."""
    return {
        "months": outlook.months,
        "options": {
            one.option: {
                "initial": _ends(one.initial),
                "monthly": _ends(one.monthly),
                "cumulative": [_ends(total) for total in one.cumulative],
            }
            for one in outlook.options
        },
        "comparisons": [
            {
                "dearer": one.dearer,
                "cheaper": one.cheaper,
                "earliest": one.earliest,
                "latest": one.latest,
                "middle": one.middle,
                "share": float(one.share),
                "opposite": float(one.opposite),
                "error": round(one.error, 6),
            }
            for one in outlook.comparisons
        ],
    }


def _ends(one: Range) -> list[float | int]:
    return [cents(end) for end in one]
