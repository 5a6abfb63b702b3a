"""How each editor is told the line, and what is no command."""

import pytest

from assistant.preferences.editors import command_fault, command_for, editor_chosen

FILE = "/a policy/rules.yaml"


@pytest.mark.parametrize(
    ("written", "arguments", "waits"),
    [
        ("vim", ["vim", "+7", FILE], True),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+7", FILE], True),
        ("nano", ["nano", "+7", FILE], True),
        ("emacs -nw", ["emacs", "-nw", "+7", FILE], True),
        ("micro", ["micro", "+7", FILE], True),
        ("hx", ["hx", f"{FILE}:7"], True),
        ("code --wait", ["code", "--wait", "-g", f"{FILE}:7"], False),
        ("'C:/Program Files/Code.exe'", ["C:/Program Files/Code.exe", "-g", f"{FILE}:7"], False),
        ("cursor", ["cursor", "-g", f"{FILE}:7"], False),
        ("subl -w", ["subl", "-w", f"{FILE}:7"], False),
        ("zed", ["zed", f"{FILE}:7"], False),
        ("kate", ["kate", "--line", "7", FILE], False),
        ("pycharm.sh", ["pycharm.sh", "--line", "7", FILE], False),
        ("gedit", ["gedit", "+7", FILE], False),
        ("mate -w", ["mate", "-w", "-l", "7", FILE], False),
        ("unheard-of -x", ["unheard-of", "-x", FILE], True),
        ("unheard-of &", ["unheard-of", FILE], False),
        ("unheard-of --at {line} {file}", ["unheard-of", "--at", "7", FILE], True),
        ("unheard-of {file}:{line} &", ["unheard-of", f"{FILE}:7"], False),
        ("unheard-of -l {line}", ["unheard-of", "-l", "7", FILE], True),
        ("vim '+{line}' -R {file}", ["vim", "+7", "-R", FILE], True),
    ],
)
def test_each_gets_the_line_in_its_own_way(written: str, arguments: list[str], waits: bool) -> None:
    command = command_for(written, FILE, 7)
    assert (list(command.arguments), command.waits) == (arguments, waits)


def test_braces_in_a_file_s_name_are_its_own() -> None:
    assert command_for("vim", "/{line}.yaml", 7).arguments == ("vim", "+7", "/{line}.yaml")


@pytest.mark.parametrize(("written", "fault"), [("vim '", "no closing quotation"), ("&", "it names no program")])
def test_what_is_no_command(written: str, fault: str) -> None:
    assert command_fault(written) == fault
    with pytest.raises(ValueError, match=fault):
        command_for(written, FILE, 7)


def test_the_setting_goes_before_the_environment() -> None:
    both = {"VISUAL": "code", "EDITOR": "vim"}
    assert editor_chosen("hx", both) == "hx"
    assert editor_chosen(None, both) == "code"
    assert editor_chosen(" ", {"VISUAL": "", "EDITOR": "vim"}) == "vim"
    assert editor_chosen(None, {}) is None
