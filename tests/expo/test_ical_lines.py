import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentline

from expo import ical_lines
from tests.expo.builders import at


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_line_is_folded_at_75_octets_and_unfolds_to_itself(value):
    folded = ical_lines.as_bytes([f"SUMMARY:{value}"])

    assert folded.endswith(b"\r\n")
    assert all(len(part) <= 75 for part in folded.split(b"\r\n"))
    assert folded.replace(b"\r\n ", b"").decode() == f"SUMMARY:{value}\r\n"


def test_letter_of_two_octets_is_never_split():
    folded = ical_lines.as_bytes([f"X:{'å' * 80}"])

    assert [len(part) for part in folded.split(b"\r\n")] == [74, 75, 15, 0]


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        (r"Hav; strand, sol\regn", r"Hav\; strand\, sol\\regn"),
        ("Rad ett\nrad två", r"Rad ett\nrad två"),
        ("Rad ett\r\nrad två\rrad tre", r"Rad ett\nrad två\nrad tre"),
        ("Rad ett\u2028rad två\x85rad tre", r"Rad ett\nrad två\nrad tre"),
        ("Ett\x00 två\x07\x1b", "Ett två"),
        ("Ett\ttvå ", "Ett två"),
    ],
)
def test_text_is_escaped_without_control_characters(value, escaped):
    assert ical_lines.text(value) == escaped


def test_address_stays_on_one_line():
    assert ical_lines.uri("https://example.org/a\r\nX-BAD:1") == "https://example.org/aX-BAD:1"


def test_value_of_a_parameter_holds_no_quotation_mark():
    label = ical_lines.quoted('Säg "hej": nu; då')

    assert Contentline(f"X;LABEL={label}:1").parts()[1]["LABEL"] == "Säg 'hej': nu; då"


def test_hours_are_those_of_stockholms_clocks_in_summer_and_winter():
    summer = ical_lines.span(at("2022-06-01 10:00"), at("2022-06-01 11:00"))
    winter = ical_lines.span(at("2022-12-01 10:00"), None)

    assert summer == [
        "DTSTART;TZID=Europe/Stockholm:20220601T100000",
        "DTEND;TZID=Europe/Stockholm:20220601T110000",
    ]
    assert winter == ["DTSTART;TZID=Europe/Stockholm:20221201T100000"]


def test_hour_that_comes_twice_is_told_in_utc():
    first = at("2022-10-30 02:30")
    second = first.replace(fold=1)

    assert ical_lines.span(first, None) == ["DTSTART;TZID=Europe/Stockholm:20221030T023000"]
    assert ical_lines.span(first, second) == [
        "DTSTART:20221030T003000Z",
        "DTEND:20221030T013000Z",
    ]
