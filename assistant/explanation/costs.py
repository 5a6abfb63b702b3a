"""The costs told to people: sums and items, totals over the months, and when one option passes another."""

from assistant.explanation.document import Style, Writer
from assistant.explanation.wording import dollars, option_label
from assistant.policy.syntax import Policy
from assistant.reasoning.costs import CostItem, OptionCost, Range
from assistant.reasoning.decision import Decision


def write_costs(writer: Writer, decision: Decision) -> None:
    """Each option's initial and monthly range with its items."""
    policy = decision.policy
    writer.add(Style.HEADING, "Costs")
    for cost in decision.costs:
        writer.add(Style.TEXT, cost_line(policy, cost))
        for item in cost.items:
            writer.add(Style.POINT, item_line(item), item.rule.cites, item.rule.id, indent=1)


def cost_line(policy: Policy, cost: OptionCost) -> str:
    """An option's sums in a line."""
    label = option_label(policy, cost.option)
    if not cost.items:
        return f"{label}: nothing to price"
    return f"{label}: {dollars_from_to(cost.initial)} at the start, {dollars_from_to(cost.monthly)} a month"


def item_line(item: CostItem) -> str:
    """An item with its range, and what else that range is: assumed, narrowed, your own figure."""
    said = [
        "a month" if item.monthly else "once",
        *(["your own figure"] if item.own else []),
        *(["assumed"] if item.assumed else []),
        *(["narrowed by your answers"] if item.narrowed else []),
    ]
    return f"{item.item}: {dollars_from_to((item.low, item.high))} {', '.join(said)}"


def dollars_from_to(ends: Range) -> str:
    """A range in whole dollars; one amount where both ends are the same."""
    low, high = dollars(ends[0]), dollars(ends[1])
    return low if low == high else f"{low} to {high}"
