"""Conditions: precedence, every form, exact limits; nothing but `ExpressionError` from any text, and a round trip."""

import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.expressions import MAX_DEPTH, MAX_LENGTH, Symbols, parse_condition
from assistant.policy.scanner import ExpressionError
from assistant.policy.syntax import (
    Always,
    Among,
    And,
    Certain,
    Compare,
    Condition,
    Not,
    Or,
    Policy,
    ScoreCompare,
    quantities,
)
from assistant.policy.vocabulary import Value
from assistant.reasoning.reference import test_of as truth_of
from tests.reasoning.policies import policies

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))

LATE = Compare("hurry", ">", 5)
FAR = Compare("distance", ">", 10)
BAGS = Compare("luggage", "==", True)


@pytest.fixture(scope="module")
def symbols(small: Policy) -> Symbols:
    options = tuple(option.id for option in small.options)
    return Symbols(small.facts, small.params, options, tuple(capability.id for capability in small.capabilities))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("hurry > 5", LATE),
        ("5 < hurry", LATE),
        ("5 > hurry", Compare("hurry", "<", 5)),
        ("5 >= hurry", Compare("hurry", "<=", 5)),
        ("5 <= hurry", Compare("hurry", ">=", 5)),
        ("5 != hurry", Compare("hurry", "!=", 5)),
        ("5 == hurry", Compare("hurry", "==", 5)),
        ("  hurry\n>\t5 ", LATE),
        ("hurry>5", LATE),
        ("luggage", BAGS),
        ("luggage == false", Compare("luggage", "==", False)),
        ("true == luggage", BAGS),
        ("luggage != true", Compare("luggage", "!=", True)),
        ("true", Always(True)),
        ("false", Always(False)),
        ("params.folding_bikes", Always(False)),
        ("weather == wet", Compare("weather", "==", "wet")),
        ("weather == 'wet'", Compare("weather", "==", "wet")),
        ('"wet" != weather', Compare("weather", "!=", "wet")),
        ("choice == none", Compare("choice", "==", None)),
        ("none != choice", Compare("choice", "!=", None)),
        ("verdict.final == none", Compare("verdict.final", "==", None)),
        ("verdict.final in [bike, none]", Among("verdict.final", ("bike", None))),
        ("required.shelter", Compare("required.shelter", "==", True)),
        ("ruled_out.shelter == false", Compare("ruled_out.shelter", "==", False)),
        ("ruled_out.train", Compare("ruled_out.train", "==", True)),
        ("distance > params.far", Compare("distance", ">", 10, "far")),
        ("params.far < distance", Compare("distance", ">", 10, "far")),
        ("distance > params.far + 2 - 5", Compare("distance", ">", 7)),
        ("distance in [1, 2, params.far, 2]", Among("distance", (1, 2, 10))),
        ("distance not in [1]", Among("distance", (1,), True)),
        ("weather in ['dry', wet]", Among("weather", ("dry", "wet"))),
        ("weather not in [dry]", Among("weather", ("dry",), True)),
        ("2 < hurry <= 7", And((Compare("hurry", ">", 2), Compare("hurry", "<=", 7)))),
        ("10 > hurry > 5 != distance", And((Compare("hurry", "<", 10), LATE, Compare("distance", "!=", 5)))),
        ("not luggage", Not(BAGS)),
        ("not not luggage", Not(Not(BAGS))),
        ("not weather in [dry]", Not(Among("weather", ("dry",)))),
        ("certain(luggage)", Certain(BAGS)),
        ("not certain ( luggage or hurry > 5 )", Not(Certain(Or((BAGS, LATE))))),
        ("luggage and hurry > 5 and distance > 10", And((BAGS, LATE, FAR))),
        ("luggage or hurry > 5 and distance > 10", Or((BAGS, And((LATE, FAR))))),
        ("(luggage or hurry > 5) and distance > 10", And((Or((BAGS, LATE)), FAR))),
        ("not luggage and hurry > 5", And((Not(BAGS), LATE))),
        ("not (luggage and hurry > 5)", Not(And((BAGS, LATE)))),
        ("luggage and (hurry > 5 and distance > 10)", And((BAGS, And((LATE, FAR))))),
        ("not luggage or luggage", Or((Not(BAGS), BAGS))),
        ("scores.train > scores.bike", ScoreCompare((("bike", -1), ("train", 1)), ">", 0)),
        ("scores.train > scores.bike + 2", ScoreCompare((("bike", -1), ("train", 1)), ">", 2)),
        ("scores.train - 3 >= 2", ScoreCompare((("train", 1),), ">=", 5)),
        ("2 < scores.train", ScoreCompare((("train", -1),), "<", -2)),
        (
            "scores.train + scores.train - scores.bike + 1 == params.far",
            ScoreCompare((("bike", -1), ("train", 2)), "==", 9),
        ),
        ("scores.bike - scores.bike < -1", ScoreCompare((), "<", -1)),
        ("-1 + scores.bike < 2", ScoreCompare((("bike", 1),), "<", 3)),
        (
            "1 < scores.bike <= scores.train",
            And((ScoreCompare((("bike", -1),), "<", -1), ScoreCompare((("bike", 1), ("train", -1)), "<=", 0))),
        ),
    ],
)
def test_text_means_this_condition(text: str, condition: Condition, symbols: Symbols) -> None:
    assert parse_condition(text, symbols) == condition


def fault(text: str, symbols: Symbols) -> tuple[int, str]:
    with pytest.raises(ExpressionError) as caught:
        parse_condition(text, symbols)
    return caught.value.offset, caught.value.message


def test_fifty_levels_are_allowed_and_no_more(symbols: Symbols) -> None:
    for before, after in (("(", ")"), ("certain(", ")"), ("not ", "")):
        assert parse_condition(before * MAX_DEPTH + "luggage" + after * MAX_DEPTH, symbols)
        _, message = fault(before * (MAX_DEPTH + 1) + "luggage" + after * (MAX_DEPTH + 1), symbols)
        assert message == "nested deeper than 50 levels"


def test_levels_count_depth_and_not_length(symbols: Symbols) -> None:
    assert parse_condition(" or ".join(["(not luggage)"] * 100), symbols)


def test_limit_of_length(symbols: Symbols) -> None:
    assert parse_condition("luggage".ljust(MAX_LENGTH), symbols) == BAGS
    assert fault("luggage".ljust(MAX_LENGTH + 1), symbols) == (0, "a condition of 4,097 characters")


def test_largest_number(symbols: Symbols) -> None:
    assert parse_condition("distance < 1000000000000000", symbols) == Compare("distance", "<", 10**15)
    assert fault("distance < 1000000000000001", symbols) == (11, "`1000000000000001` is too large")
    assert fault("scores.bike < -9999999999999999999999999", symbols)[1].endswith("is too large")


def test_a_number_is_never_cut_short(symbols: Symbols) -> None:
    for written in ("1_000", "1e3", "0x1F", "007", "1.0", "5km", "1.2.3"):
        assert fault(f"distance == {written}", symbols) == (12, f"`{written}` is not a whole number")


def test_scores_are_not_compared_with_nothing(symbols: Symbols) -> None:
    for text in ("scores.bike > none", "none < scores.bike", "scores.bike + none > 1", "scores.bike > wet"):
        with pytest.raises(ExpressionError):
            parse_condition(text, symbols)


TOKENS = (
    *"()[],<>+-=!&|.#'\"\\ \n\t\x00é",
    *(
        "<=",
        ">=",
        "==",
        "!=",
        " and ",
        " or ",
        " not ",
        " in ",
        "true",
        "false",
        "none",
        "certain",
        "certain(",
        "0",
        "7",
    ),
    *(
        "99999999999999999999",
        "1.5",
        "hurry",
        "distance",
        "weather",
        "wet",
        "luggage",
        "choice",
        "params.far",
        "params.",
    ),
    *("scores.bike", "scores.train", "required.shelter", "ruled_out.bike", "verdict.final", "bike", "params", "scores"),
)


@settings(max_examples=EXAMPLES * 5)
@given(text=st.one_of(st.lists(st.sampled_from(TOKENS), max_size=30).map("".join), st.text(max_size=60)))
def test_any_text_is_a_condition_or_an_error_at_a_place_in_it(text: str, symbols: Symbols) -> None:
    try:
        condition = parse_condition(text, symbols)
    except ExpressionError as error:
        offset = error.offset
    else:
        offset = 0
        assert truth_of(condition)({"scores.bike": 0, "scores.train": 0, "scores.both": 0}) in (True, False, None)
        assert {name.partition(".")[0] for name in quantities(condition)} <= {
            *symbols.facts,
            *("scores", "required", "ruled_out", "verdict"),
        }
    assert 0 <= offset <= len(text)


ENDLESS = (
    "(",
    "not ",
    "luggage or ",
    "hurry < 5 < ",
    "[",
    "a.",
    "'",
    "-",
    "1",
    "scores.bike + ",
    "luggage and (",
    "certain(",
)


@pytest.mark.parametrize("text", [*(piece * (4000 // len(piece)) for piece in ENDLESS), "hurry in [" + "1, " * 1300])
def test_long_texts_take_no_time(text: str, symbols: Symbols) -> None:
    begin = time.process_time()
    with pytest.raises(ExpressionError):
        parse_condition(text, symbols)
    assert time.process_time() - begin < 1


def written(condition: Condition, policy: Policy) -> str:
    """A condition as a text that means it."""
    match condition:
        case Compare(name=name, operator=sign, value=value):
            if value is True and sign == "==" and len(name) % 2:
                return name
            return f"{name} {sign} {word(value)}"
        case Among(name=name, values=values, negated=negated):
            return f"{name} {'not ' if negated else ''}in [{', '.join(map(word, values))}]"
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            any_option = policy.options[0].id
            sides = [
                f"{'-' if factor < 0 else '+'} scores.{option}" for option, factor in terms for _ in range(abs(factor))
            ]
            return f"{' '.join(['0', *sides, f'+ scores.{any_option} - scores.{any_option}'])} {sign} {bound}"
        case Always(value=value):
            return word(value)
        case Not(inner=inner):
            return f"not {bracketed(inner, policy)}"
        case Certain(inner=inner):
            return f"certain({written(inner, policy)})"
        case And(parts=parts):
            return " and ".join(bracketed(part, policy) for part in parts)
        case Or(parts=parts):
            return " or ".join(bracketed(part, policy) for part in parts)


def word(value: Value | None) -> str:
    return "none" if value is None else str(value).lower()


def bracketed(condition: Condition, policy: Policy) -> str:
    text = written(condition, policy)
    return f"({text})" if isinstance(condition, And | Or) else text


def in_order(condition: Condition, policy: Policy) -> Condition:
    """The same condition with its sums in the order of the options, as the parser leaves them."""
    match condition:
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            order = [option.id for option in policy.options]
            return ScoreCompare(tuple(sorted(terms, key=lambda term: order.index(term[0]))), sign, bound)
        case Not(inner=inner):
            return Not(in_order(inner, policy))
        case Certain(inner=inner):
            return Certain(in_order(inner, policy))
        case And(parts=parts):
            return And(tuple(in_order(part, policy) for part in parts))
        case Or(parts=parts):
            return Or(tuple(in_order(part, policy) for part in parts))
        case _:
            return condition


@settings(max_examples=EXAMPLES)
@given(policies())
def test_a_condition_written_down_is_read_as_the_same_condition(policy: Policy) -> None:
    options = tuple(option.id for option in policy.options)
    names = Symbols(policy.facts, policy.params, options, tuple(capability.id for capability in policy.capabilities))
    for rule in policy.rules:
        text = written(rule.when, policy)
        assert parse_condition(text, names) == in_order(rule.when, policy), text


def test_every_condition_of_the_shipped_policy_reads_the_same_when_written_down(shipped: Policy) -> None:
    options = tuple(option.id for option in shipped.options)
    names = Symbols(shipped.facts, shipped.params, options, tuple(capability.id for capability in shipped.capabilities))
    for rule in shipped.rules:
        assert without_params(rule.when) == parse_condition(written(rule.when, shipped), names), rule.id


def without_params(condition: Condition) -> Condition:
    match condition:
        case Compare(name=name, operator=sign, value=value):
            return Compare(name, sign, value)
        case Not(inner=inner):
            return Not(without_params(inner))
        case Certain(inner=inner):
            return Certain(without_params(inner))
        case And(parts=parts):
            return And(tuple(map(without_params, parts)))
        case Or(parts=parts):
            return Or(tuple(map(without_params, parts)))
        case _:
            return condition
