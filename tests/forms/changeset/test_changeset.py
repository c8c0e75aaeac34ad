"""`changeset`: casting, checks, associations, applying, and changesets as forms (FM-16, FM-25)."""

from __future__ import annotations

import pickle
import re
import typing
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

import pytest
from attrs import Factory, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import Changeset, LiveView, heex, to_form, used_input
from liveview_core.errors import BadOption, BadReturn
from liveview_core.forms.changeset import CannotApply, Message
from liveview_core.forms.changeset.associations import entries
from liveview_core.forms.form import input_validations
from liveview_core.values.assigns import same
from liveview_testing import live


class Role(Enum):
    """A choice."""

    ADMIN = "admin"
    GUEST = "guest"


@frozen
class User:
    """An account."""

    name: str
    age: int = 18
    email: str | None = None
    role: Role = Role.GUEST
    tags: list[str] = Factory(list)
    rating: Decimal | None = None
    born: int = field(default=0, init=False)


@frozen
class Tag:
    """A child without a key."""

    label: str
    colour: str = "grey"


@frozen
class Address:
    """A single child."""

    city: str


@frozen
class Step:
    """A child with a key, which casts itself."""

    text: str
    done: bool = False
    id: int | None = None

    @staticmethod
    def changeset(step: Any, params: Any) -> Changeset:
        return Changeset.cast(step, params, ["text", "done"]).validate_required(["text"])


@frozen
class HTTPRecipe:
    """A parent of all kinds of children."""

    title: str
    steps: list[Step] = Factory(list)
    tags: tuple[Tag, ...] = ()
    address: Address | None = None


def cast_tag(tag: Any, params: Any) -> Changeset:
    return Changeset.cast(tag, params, ["label"]).validate_required(["label"])


def cast_address(address: Any, params: Any) -> Changeset:
    return Changeset.cast(address, params, ["city"]).validate_required(["city"])


FIELDS = ["name", "age", "email", "role", "tags", "rating"]
ANN = User("Ann", 30, "ann@example.org", Role.ADMIN, ["x"])


def cast(params: Any, data: Any = User, permitted: Any = FIELDS) -> Changeset:
    return Changeset.cast(data, params, permitted)


def errors(changeset: Changeset) -> dict[str, Any]:
    return changeset.traverse_errors()


# --- casting


def test_cast_takes_what_is_permitted() -> None:
    """The permitted params, as their types; all params are kept."""
    params = {"name": "Ann", "age": "7", "role": "admin", "_unused_email": ""}
    changeset = cast(params, permitted=["name", "age"])
    assert changeset.changes == {"name": "Ann", "age": 7}
    assert changeset.params == params
    assert (changeset.valid, changeset.errors, changeset.action, changeset.data) == (True, (), None, User)


def test_what_is_there_already_is_no_change() -> None:
    """Of the data, or of the class; a change back is none either."""
    assert cast({"name": "Ann", "age": "30", "tags": ["x"]}, ANN).changes == {}
    assert cast({"age": "18", "name": "Ann"}).changes == {"name": "Ann"}
    assert cast({"age": "30"}, cast({"age": "31"}, ANN)).changes == {}


def test_blank_is_the_default() -> None:
    """Blank text is what the class has there; blank items are none."""
    changeset = cast({"name": " ", "age": "", "email": "", "tags": ["", "a"]}, ANN)
    assert changeset.changes == {"name": None, "age": 18, "email": None, "tags": ["a"]}
    assert cast({"tags": [""]}, ANN).changes == {"tags": []}


def test_what_is_none_of_the_type() -> None:
    """An error of the field, with what was asked for; no change."""
    changeset = cast({"age": "x", "role": "boss", "tags": "a", "rating": "1_0", "name": ["a"]})
    assert changeset.changes == {}
    assert errors(changeset) == {name: ["is invalid"] for name in ("name", "age", "role", "tags", "rating")}
    assert [name for name, _ in changeset.errors] == ["name", "age", "role", "tags", "rating"]
    assert {name: error.meta for name, error in changeset.errors}["age"] == {"validation": "cast", "type": "int"}


def test_cast_goes_on() -> None:
    """A changeset as data: its changes, params and errors stay."""
    first = cast({"name": "Ann", "age": "x"}, permitted=["name", "age"])
    second = cast({"email": "a@b"}, first, ["email"])
    assert second.changes == {"name": "Ann", "email": "a@b"}
    assert second.params == {"name": "Ann", "age": "x", "email": "a@b"}
    assert errors(second) == {"age": ["is invalid"]}


def test_change_and_its_relatives() -> None:
    """Changes of the program are not cast; reading gives the change, the data, the default."""
    changeset = Changeset.change(ANN, age="thirty")
    assert changeset.changes == {"age": "thirty"}
    assert (changeset.params, changeset.valid) == (None, True)
    assert changeset.put_change("age", 30).changes == {}
    assert changeset.delete_change("age").changes == {}
    assert changeset.update_change("age", len).changes == {"age": 6}
    assert changeset.update_change("name", len) == changeset
    assert (changeset.get_change("age"), changeset.get_change("name"), changeset.get_change("name", 1)) == (
        "thirty",
        None,
        1,
    )
    assert (changeset.get_field("age"), changeset.get_field("name")) == ("thirty", "Ann")
    assert Changeset.change(User).get_field("age") == 18
    assert Changeset.change(User).get_field("name", "nobody") == "nobody"
    assert Changeset.change(changeset, name="Bea").changes == {"age": "thirty", "name": "Bea"}


# --- mistakes of the program


class Plain:
    """No attrs class."""


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (
            lambda: cast({}, permitted=["nam"]),
            "User has no attribute 'nam', so it cannot be permitted\n"
            "  expected: one of name, age, email, role, tags, rating, born\n"
            "  got: 'nam'\n"
            "  cure: correct the name, or add the attribute to the class\n"
            "  nearest: name",
        ),
        (
            lambda: cast({}, Plain, []),
            "a changeset is about an attrs class, and Plain is none\n"
            "  expected: an instance of an attrs class, or the class itself for a new one\n"
            "  got: <class 'tests.forms.changeset.test_changeset.Plain'>\n"
            "  cure: decorate Plain with @attrs.frozen, or make a form of a mapping: to_form(params)",
        ),
        (
            lambda: cast("name=x"),
            "the params of a changeset are a mapping\n"
            '  expected: {"name": …}, as they come from the client\n'
            "  got: 'name=x'\n"
            "  cure: Changeset.change(data), if nothing was sent",
        ),
        (
            lambda: cast({1: 2}),
            "the params of a changeset have str keys\n"
            '  expected: {"name": …}, as they come from the client\n'
            "  got: 1\n"
            "  cure: Changeset.change(data, name=…), if it is the program that changes something",
        ),
        (
            lambda: cast({}, permitted="name"),
            "the permitted params are a list of names\n  expected: ['name']\n  got: 'name'\n  cure: write a list",
        ),
        (
            lambda: cast({}, permitted=["born"]),
            "User.born cannot be cast: __init__ does not take it\n"
            "  expected: an attribute that can be given\n"
            "  cure: leave 'born' out, or remove init=False",
        ),
        (
            lambda: cast({}, HTTPRecipe, ["steps"]),
            "HTTPRecipe.steps is an association, which cast does not cast\n"
            "  expected: attributes that hold plain values\n"
            "  got: list[tests.forms.changeset.test_changeset.Step]\n"
            "  cure: leave it out, and .cast_assoc('steps', …) afterwards",
        ),
        (
            lambda: cast({}).cast_assoc("tags"),
            "User.tags is no association\n"
            "  expected: an attribute whose type is an attrs class, or a list or tuple of one\n"
            "  got: list[str]\n"
            "  cure: cast it: Changeset.cast(data, params, ['tags']), or declare the type of its items",
        ),
        (
            lambda: cast({}, HTTPRecipe, []).cast_assoc("tags"),
            "cast_assoc('tags') does not know how to cast a Tag\n"
            "  expected: a function (child, params) -> Changeset, or Tag.changeset\n"
            "  cure: cast_assoc('tags', lambda child, params: Changeset.cast(child, params, […]))",
        ),
        (
            lambda: cast({"tags": {"0": {}}}, HTTPRecipe, []).cast_assoc("tags", lambda tag, params: tag),
            "invalid return from the function of cast_assoc('tags', …)\n"
            "  expected: a Changeset\n"
            "  got: <class 'tests.forms.changeset.test_changeset.Tag'>",
        ),
        (
            lambda: cast({}, HTTPRecipe, []).cast_assoc("steps", on_replace="nilify"),  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
            "cast_assoc('steps', …) does not know what on_replace='nilify' is\n"
            '  expected: "delete", "invalid" or "raise"\n'
            "  got: 'nilify'",
        ),
        (
            lambda: cast({"steps": {}}, HTTPRecipe("r", [Step("a", id=1)]), []).cast_assoc("steps", on_replace="raise"),
            "what was sent for HTTPRecipe.steps replaces what is there\n"
            "  expected: the id of each Step among its params\n"
            "  got: nothing about Step(text='a', done=False, id=1)\n"
            '  cure: send it as a hidden input (inputs_for does), or cast_assoc(…, on_replace="delete")',
        ),
        (
            lambda: Changeset.change(HTTPRecipe).put_assoc("steps", Step("a")),
            "put_assoc('steps', …) expects several\n"
            "  expected: a list of Step, of mappings or of changesets\n"
            "  got: Step(text='a', done=False, id=None)\n"
            "  cure: put_assoc('steps', […])",
        ),
        (
            lambda: Changeset.change(HTTPRecipe).put_assoc("steps", [Tag("a")]),
            "put_assoc('steps', …) got something else\n"
            "  expected: a Step, a mapping of its attributes, or a changeset of one\n"
            "  got: Tag(label='a', colour='grey')",
        ),
        (
            lambda: cast({"age": "1"}).validate_format("age", "x"),
            "validate_format('age', …) is about text\n  expected: a str\n  got: 1\n  cure: use validate_change",
        ),
        (
            lambda: cast({"age": "1"}).validate_length("age", min=1),
            "validate_length('age', …) is about text and collections\n"
            "  expected: a str, a list, a tuple, a set or a dict\n"
            "  got: 1\n"
            "  cure: validate_number('age', …), if it is a number",
        ),
        (
            lambda: cast({"name": "1"}).validate_number("name", less_than=1),
            "validate_number('name', …) is about numbers\n"
            "  expected: an int, a float or a Decimal\n"
            "  got: '1'\n"
            "  cure: validate_length, if it is text; or declare the attribute as a number",
        ),
        (
            lambda: cast({"name": "1"}).validate_change("name", lambda value: 5),
            "invalid return from the check of validate_change('name', …)\n"
            "  expected: None or a text or (text, meta) or a list of texts\n"
            "  got: 5",
        ),
        (
            lambda: Changeset.change(User, email="x").apply_changes(),
            "the changes make no User: there is no value for 'name'\n"
            "  expected: a value for each attribute that may not be None\n"
            "  got: <Changeset User action=None changes={'email': 'x'} valid>\n"
            "  cure: validate it before: .validate_required(['name'])",
        ),
    ],
)
def test_mistakes_of_the_program_are_raised(act: Any, text: str) -> None:
    """Each with what happened, what was expected and the cure; the user's mistakes never are."""
    with pytest.raises((BadOption, BadReturn, CannotApply)) as raised:
        act()
    assert str(raised.value) == text


@pytest.mark.parametrize("method", ["get_field", "get_change", "delete_change"])
def test_unknown_attributes(method: str) -> None:
    """Reading and changing know the attributes as well."""
    with pytest.raises(BadOption, match="User has no attribute 'nam'"):
        getattr(cast({}), method)("nam")
    with pytest.raises(BadOption, match="so it cannot be validated"):
        cast({}).validate_length("nam", min=1)


# --- checks


def test_messages_are_text() -> None:
    """They can be shown as they are, and said in another language; they are the same while they say the same."""
    (_, error), *_ = cast({"name": "ab"}).validate_length("name", min=3).errors
    assert error == "should be at least 3 character(s)"
    assert isinstance(error, str)
    assert error.template == "should be at least {count} character(s)"
    assert error.meta == {"count": 3, "validation": "length", "kind": "min", "type": "text"}
    again = pickle.loads(pickle.dumps(error))
    assert (again, again.template, again.meta) == (error, error.template, error.meta)
    assert same(error, again)
    assert not same(error, Message("should be at least 3 character(s)"))
    german = {error.template: "mindestens {count} Zeichen"}
    changeset = cast({"name": "ab"}).validate_length("name", min=3)
    assert changeset.traverse_errors(lambda each: str(Message(german[each.template], each.meta))) == {
        "name": ["mindestens 3 Zeichen"]
    }


def test_messages_put_in_nothing_else() -> None:
    """Braces that are no value stay: nothing is formatted."""
    assert Message("{a} {b.c} {} {{", {"a": 1}) == "1 {b.c} {} {{"


def test_required() -> None:
    """By a change or before; not twice where there is an error; what is blank is no change."""
    changeset = cast({"name": " ", "age": "x", "tags": []}).validate_required(["name", "age", "tags", "email"])
    assert errors(changeset) == {
        "age": ["is invalid"],
        "name": ["can't be blank"],
        "tags": ["can't be blank"],
        "email": ["can't be blank"],
    }
    assert changeset.changes == {}
    assert changeset.required == ("name", "age", "tags", "email")
    assert cast({}, ANN).validate_required(["name", "email"]).valid
    assert errors(cast({"name": ""}, ANN).validate_required("name", message="missing")) == {"name": ["missing"]}
    blank = Changeset.change(User, name="  ").validate_required(["name"])
    assert (blank.changes, errors(blank)) == ({}, {"name": ["can't be blank"]})


@pytest.mark.parametrize(
    ("value", "limits", "error"),
    [
        ("abc", {"min": 3, "max": 3, "is_": 3}, None),
        ("ab", {"is_": 3}, "should be 3 character(s)"),
        ("ab", {"min": 3, "max": 1}, "should be at least 3 character(s)"),
        ("abcd", {"max": 3}, "should be at most 3 character(s)"),
        ("ää", {"max": 3, "count": "bytes"}, "should be at most 3 byte(s)"),
        ("ä", {"min": 3, "count": "bytes"}, "should be at least 3 byte(s)"),
        ("ä", {"is_": 3, "count": "bytes"}, "should be 3 byte(s)"),
        (["a"], {"is_": 2}, "should have 2 item(s)"),
        (["a"], {"min": 2}, "should have at least 2 item(s)"),
        (["a", "b"], {"max": 1}, "should have at most 1 item(s)"),
    ],
)
def test_lengths(value: Any, limits: Any, error: str | None) -> None:
    """Ecto's texts; the exact length, then the least, then the most."""
    changeset = Changeset.change(User, name=value).validate_length("name", **limits)
    assert errors(changeset) == ({} if error is None else {"name": [error]})


@pytest.mark.parametrize(
    ("limits", "error"),
    [
        ({"less_than": 6, "greater_than": 4, "equal_to": 5, "not_equal_to": 6}, None),
        ({"less_than_or_equal_to": 5, "greater_than_or_equal_to": Decimal("5.0")}, None),
        ({"less_than": 5}, "must be less than 5"),
        ({"greater_than": 5}, "must be greater than 5"),
        ({"less_than_or_equal_to": 4.5}, "must be less than or equal to 4.5"),
        ({"greater_than_or_equal_to": Decimal("5.1")}, "must be greater than or equal to 5.1"),
        ({"equal_to": 6, "greater_than": 7}, "must be greater than 7"),
        ({"not_equal_to": 5}, "must be not equal to 5"),
    ],
)
@pytest.mark.parametrize("value", [5, 5.0, Decimal(5)])
def test_numbers(limits: Any, error: str | None, value: Any) -> None:
    """Ecto's texts; one error at most."""
    changeset = Changeset.change(User, age=value).validate_number("age", **limits)
    assert errors(changeset) == ({} if error is None else {"age": [error]})


def test_format_inclusion_exclusion_and_subset() -> None:
    """Ecto's texts, and one's own."""
    changeset = cast({"name": "admin", "email": "x", "age": "200", "tags": ["a", "z"]})
    checked = (
        changeset.validate_format("email", r"@")
        .validate_inclusion("age", range(150))
        .validate_exclusion("name", ["admin"])
        .validate_subset("tags", ["a", "b"])
    )
    assert errors(checked) == {
        "email": ["has invalid format"],
        "age": ["is invalid"],
        "name": ["is reserved"],
        "tags": ["has an invalid entry"],
    }
    fine = cast({"name": "Ann", "email": "a@b", "age": "5", "tags": ["a"]})
    assert (
        fine.validate_format("email", re.compile("^A@", re.IGNORECASE))
        .validate_inclusion("age", range(150))
        .validate_exclusion("name", ["admin"])
        .validate_subset("tags", {"a", "b"})
        .valid
    )
    worded = changeset.validate_format("email", "@", message=("no {what}", {"what": "at"}))
    assert errors(worded) == {"email": ["no at"]}


def test_checks_are_about_changes() -> None:
    """What did not change, and None, is not looked at."""
    unchanged = Changeset.change(User("x", email=None))
    assert unchanged.validate_length("name", min=3).validate_format("email", "@").valid
    assert Changeset.change(ANN, email=None).validate_format("email", "@").valid


def test_confirmation() -> None:
    """Of what was sent only; the error is that of the confirmation."""
    sent = {"name": "a", "name_confirmation": "b"}
    assert errors(cast(sent).validate_confirmation("name")) == {"name_confirmation": ["does not match confirmation"]}
    assert errors(cast(sent).validate_confirmation("name", message="differs")) == {"name_confirmation": ["differs"]}
    assert cast({"name": "a", "name_confirmation": "a"}).validate_confirmation("name").valid
    assert cast({"name": "a"}).validate_confirmation("name").valid
    missing = cast({"name": "a"}).validate_confirmation("name", required=True)
    assert errors(missing) == {"name_confirmation": ["can't be blank"]}
    assert Changeset.change(User, name="a").validate_confirmation("name", required=True).valid


@pytest.mark.parametrize(
    ("sent", "valid"),
    [("true", True), (True, True), ("1", True), ("on", False), ("false", False), (["1"], False), (None, False)],
)
def test_acceptance(sent: Any, valid: bool) -> None:
    """Of what was sent only; the class need not have it."""
    changeset = cast({} if sent is None else {"terms": sent}).validate_acceptance("terms")
    assert errors(changeset) == ({} if valid else {"terms": ["must be accepted"]})
    assert Changeset.change(User).validate_acceptance("terms").valid


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, []),
        ([], []),
        ("odd", ["odd"]),
        (("{n} is odd", {"n": 7}), ["7 is odd"]),
        (["odd", ("bad", {})], ["odd", "bad"]),
    ],
)
def test_checks_of_ones_own(answer: Any, expected: list[str]) -> None:
    """They get the value, and answer with texts."""
    asked: list[Any] = []

    def check(value: Any) -> Any:
        asked.append(value)
        return answer

    changeset = cast({"age": "7"}).validate_change("age", check)
    assert asked == [7]
    assert errors(changeset).get("age", []) == expected
    assert cast({}).validate_change("age", check).valid
    assert asked == [7]


def test_add_error() -> None:
    """Of any field, with values; in the order they come."""
    changeset = cast({}).add_error("base", "taken by {who}", who="Ann").add_error("age", "odd").add_error("base", "no")
    assert errors(changeset) == {"base": ["taken by Ann", "no"], "age": ["odd"]}
    assert not changeset.valid
    assert repr(changeset) == (
        "<Changeset User action=None changes={} errors={'base': ['taken by Ann', 'no'], 'age': ['odd']}>"
    )


# --- applying


def test_apply() -> None:
    """An instance with the changes, a new one of a class; nothing changed is the very same."""
    assert cast({"age": "31"}, ANN).apply_changes() == User("Ann", 31, "ann@example.org", Role.ADMIN, ["x"])
    assert cast({"name": "Bea"}).apply_changes() == User("Bea")
    assert cast({}, ANN).apply_changes() is ANN
    assert cast({"age": "x", "name": "Bea"}).apply_changes() == User("Bea")


def test_apply_action() -> None:
    """A value if it is valid, else the changeset with the action that was tried."""
    assert cast({"name": "Bea"}).apply_action("insert") == User("Bea")
    failed = cast({"age": "x"}).apply_action("insert")
    assert isinstance(failed, Changeset)
    assert (failed.action, failed.valid) == ("insert", False)


def test_none_where_there_must_be_a_value() -> None:
    """Never comes out as an instance that lies about its types."""
    with pytest.raises(CannotApply, match="there is no value for 'name'"):
        cast({"name": ""}, ANN).apply_changes()
    assert cast({"email": ""}, ANN).apply_changes().email is None


@frozen
class Hidden:
    """An attribute whose argument has another name."""

    _secret: str = "x"
    kind: Literal["a", "b"] = "a"


def test_private_attributes() -> None:
    """The class takes them under another name."""
    changeset = Changeset.cast(Hidden, {"_secret": "y", "kind": "b"}, ["_secret", "kind"])
    assert changeset.apply_changes() == Hidden("y", "b")
    assert Changeset.cast(Hidden("z"), {"_secret": "y"}, ["_secret"]).apply_changes() == Hidden("y")


# --- associations


def recipe(params: Any, data: Any = HTTPRecipe, **options: Any) -> Changeset:
    return Changeset.cast(data, params, ["title"]).cast_assoc("steps", **options)


SOUP = HTTPRecipe("Soup", [Step("cut", id=1), Step("boil", id=2)])


def test_new_children() -> None:
    """Of what was sent, by their own function; they are inserted."""
    changeset = recipe({"title": "Tea", "steps": {"0": {"text": "boil"}, "1": {"text": "pour", "done": "true"}}})
    assert [(child.action, child.changes) for child in changeset.changes["steps"]] == [
        ("insert", {"text": "boil"}),
        ("insert", {"text": "pour", "done": True}),
    ]
    assert changeset.apply_changes() == HTTPRecipe("Tea", [Step("boil"), Step("pour", True)])
    assert changeset.get_field("steps") == [Step("boil"), Step("pour", True)]


def test_invalid_children_make_the_parent_invalid() -> None:
    """The errors are the children's; the parent has none itself."""
    changeset = recipe({"title": "Tea", "steps": {"0": {"text": "boil"}, "1": {"text": ""}}})
    assert not changeset.valid
    assert changeset.errors == ()
    assert errors(changeset) == {"steps": [{}, {"text": ["can't be blank"]}]}
    assert isinstance(changeset.apply_action("insert"), Changeset)


def test_children_with_a_key() -> None:
    """Sent with a key: updated, wherever they are now. Not sent: replaced. Without or with another key: new."""
    params = {"0": {"id": "2", "text": "simmer"}, "1": {"text": "serve"}, "2": {"id": "9", "text": "eat"}}
    changeset = recipe({"steps": params}, SOUP)
    assert [(child.action, child.data) for child in changeset.changes["steps"]] == [
        ("update", Step("boil", id=2)),
        ("insert", Step),
        ("insert", Step),
        ("replace", Step("cut", id=1)),
    ]
    assert changeset.apply_changes().steps == [Step("simmer", id=2), Step("serve"), Step("eat")]


def test_children_that_do_not_change() -> None:
    """All sent, all the same, in the same order: no change."""
    params = {"0": {"id": "1", "text": "cut"}, "1": {"id": "2", "text": "boil"}}
    changeset = recipe({"steps": params}, SOUP)
    assert changeset.changes == {}
    assert changeset.apply_changes() is SOUP
    moved = recipe({"steps": params, "steps_sort": ["1", "0"]}, SOUP)
    assert moved.apply_changes().steps == [Step("boil", id=2), Step("cut", id=1)]


def test_on_replace() -> None:
    """Gone, an error of the field, or an error of the program."""
    assert recipe({"steps": {}}, SOUP).apply_changes().steps == []
    refused = recipe({"steps": {}}, SOUP, on_replace="invalid", message="may not be removed")
    assert errors(refused) == {"steps": ["may not be removed"]}
    assert refused.changes == {}
    with pytest.raises(BadOption):
        recipe({"steps": {}}, SOUP, on_replace="raise")


def test_nothing_sent() -> None:
    """Nothing changes; but a required association must be there."""
    assert recipe({"title": "Tea"}).apply_changes() == HTTPRecipe("Tea")
    assert recipe({}, SOUP, required=True).valid
    assert errors(recipe({}, required=True)) == {"steps": ["can't be blank"]}
    assert errors(recipe({"steps": {}}, SOUP, required=True, required_message="too few")) == {"steps": ["too few"]}


@pytest.mark.parametrize("sent", ["", "x", None, ["x"], {"0": "x"}, 5])
def test_what_is_no_list_of_children(sent: Any) -> None:
    """An error of the field."""
    assert errors(recipe({"steps": sent})) == {"steps": ["is invalid"]}


def test_children_without_a_key() -> None:
    """Have no identity: what was sent takes the place of what is there; the container is that of the class."""
    there = HTTPRecipe("x", tags=(Tag("a", "red"), Tag("b")))
    sent = {"tags": {"0": {"label": "b"}}}
    changeset = Changeset.cast(there, sent, []).cast_assoc("tags", cast_tag)
    assert [child.action for child in changeset.changes["tags"]] == ["insert"]
    assert changeset.apply_changes().tags == (Tag("b"),)
    same_again = Changeset.cast(HTTPRecipe("x", tags=(Tag("b"),)), sent, []).cast_assoc("tags", cast_tag)
    assert same_again.changes == {}


def test_one_child() -> None:
    """Inserted, updated, removed, or invalid."""

    def address(params: Any, data: Any) -> Changeset:
        return Changeset.cast(data, params, []).cast_assoc("address", cast_address)

    there = HTTPRecipe("x", address=Address("Rome"))
    empty = HTTPRecipe("x")
    assert address({"address": {"city": "Oslo"}}, empty).changes["address"].action == "insert"
    updated = address({"address": {"city": "Oslo"}}, there)
    assert (updated.changes["address"].action, updated.changes["address"].data) == ("update", Address("Rome"))
    assert updated.apply_changes().address == Address("Oslo")
    assert address({"address": {"city": "Rome"}}, there).changes == {}
    assert address({"address": ""}, there).changes == {"address": None}
    assert address({"address": ""}, there).apply_changes().address is None
    assert errors(address({"address": {"city": ""}}, there)) == {"address": {"city": ["can't be blank"]}}
    assert errors(address({"address": "x"}, there)) == {"address": ["is invalid"]}


def test_a_child_marked_as_deleted() -> None:
    """By its own function: it stays on the form, and is gone when applied."""

    def with_(step: Any, params: Any) -> Changeset:
        changeset = Step.changeset(step, params)
        return changeset.put_action("delete") if params.get("gone") else changeset

    sent = {"steps": {"0": {"id": "1", "text": "cut", "gone": "true"}, "1": {"id": "2", "text": "boil"}}}
    changeset = recipe(sent, SOUP, with_=with_)
    assert changeset.apply_changes().steps == [Step("boil", id=2)]
    assert len(nested(to_form(changeset), "steps")) == 2


def test_put_assoc() -> None:
    """Instances, mappings, changesets; found again by identity or by key."""
    changeset = Changeset.change(SOUP).put_assoc(
        "steps", [SOUP.steps[1], {"text": "eat"}, Changeset.change(SOUP.steps[0], done=True)]
    )
    assert [child.action for child in changeset.changes["steps"]] == ["update", "insert", "update"]
    assert changeset.apply_changes().steps == [Step("boil", id=2), Step("eat"), Step("cut", True, 1)]
    assert Changeset.change(SOUP).put_assoc("steps", SOUP.steps).changes == {}
    emptied = changeset.put_change("steps", [])
    assert [child.action for child in emptied.changes["steps"]] == ["replace", "replace"]
    assert emptied.apply_changes().steps == []
    assert changeset.delete_change("steps").changes == {}
    one = Changeset.change(HTTPRecipe("x")).put_assoc("address", Address("Rome"))
    assert one.apply_changes().address == Address("Rome")
    assert one.put_assoc("address", None).changes == {}


def test_lengths_of_associations() -> None:
    """Count the children that are left."""
    changeset = recipe({"steps": {"0": {"id": "1", "text": "cut"}}}, SOUP)
    assert errors(changeset.validate_length("steps", min=2)) == {"steps": ["should have at least 2 item(s)"]}


# --- sort and drop


@pytest.mark.parametrize(
    ("value", "sort", "drop", "expected"),
    [
        ({"0": "a", "1": "b", "10": "c", "2": "d"}, None, None, "abdc"),
        ({"0": "a", "1": "b"}, ["1", "0"], None, "ba"),
        ({"0": "a", "1": "b"}, ["0", "1", "new"], None, "ab-"),
        ({"0": "a", "1": "b"}, ["new", "0", "1"], None, "-ab"),
        ({"0": "a", "1": "b"}, ["1"], None, "ba"),
        ({"0": "a", "1": "b"}, ["0", "1"], ["", "0"], "b"),
        ({"0": "a", "1": "b"}, None, ["1"], "a"),
        ({"0": "a", "x": "b", "1": "c"}, None, None, "acb"),
        (None, ["new"], None, "-"),
        (None, None, [""], ""),
        (None, None, None, None),
        ("", None, [""], None),
        (["a", "b"], ["1", "0"], None, "ab"),
    ],
)
def test_sorting_and_dropping(value: Any, sort: Any, drop: Any, expected: str | None) -> None:
    """The sort params, then the rest by number; dropped ones are gone, unknown ones are new (FM-25)."""
    if isinstance(value, dict):
        value = {key: {"x": each} for key, each in value.items()}
    if isinstance(value, list):
        value = [{"x": each} for each in value]
    found = entries(value, sort, drop)
    assert (None if found is None else "".join(each.get("x", "-") for each in found)) == expected


def test_other_names_of_the_params() -> None:
    """They can be named (FM-25)."""
    sent = {"steps": {"0": {"text": "a"}, "1": {"text": "b"}}, "order": ["1", "0"], "gone": ["0"], "steps_drop": ["1"]}
    changeset = recipe(sent, sort_param="order", drop_param="gone")
    assert [step.text for step in changeset.get_field("steps")] == ["b"]


def test_dropping_the_last() -> None:
    """With nothing else sent, an empty drop param is what says that there are none (FM-25)."""
    assert recipe({"steps_drop": [""]}, SOUP).apply_changes().steps == []
    assert recipe({}, SOUP).apply_changes().steps == SOUP.steps


# --- forms


def nested(form: Any, name: str, **options: Any) -> list[Any]:
    found: list[Any] = form.impl.nested(form.source, form, name, options)
    return found


def test_names_and_methods() -> None:
    """The name is that of the class; a loaded instance is put, a new one posted (FM-16)."""
    form = to_form(Changeset.change(HTTPRecipe))
    assert (form.name, form.id, form.options, form.data) == (
        "http_recipe",
        "http_recipe",
        {"method": "post"},
        HTTPRecipe,
    )
    form = to_form(Changeset.change(SOUP), as_="r", id="i", method="patch", foo=1)
    assert (form.name, form.id, form.options) == ("r", "i", {"method": "patch", "foo": 1, "id": "i"})
    assert to_form(Changeset.change(SOUP)).options == {"method": "put"}
    assert to_form(Changeset.change(Step("a", id=4))).hidden == (("id", 4),)


def test_errors_need_an_action() -> None:
    """The option's, else the changeset's; "ignore" is none (FM-16)."""
    changeset = cast({"age": "x"})
    assert to_form(changeset)["age"].errors == ()
    assert to_form(changeset, action="validate")["age"].errors == ("is invalid",)
    assert to_form(changeset.put_action("insert"))["age"].errors == ("is invalid",)
    assert to_form(changeset.put_action("insert"), action="ignore")["age"].errors == ()
    assert to_form(changeset.put_action("insert"), action=None)["age"].errors == ()


def test_values_of_fields() -> None:
    """The change, else what was sent, else the data (FM-16); what an input shows of it."""
    form = to_form(cast({"age": "x", "email": " ", "role": "guest"}, ANN))
    assert form["age"].value == "x"
    assert form["email"].value is None
    assert (form["name"].value, form["tags"].value, form["role"].value) == ("Ann", ["x"], "guest")
    assert (form["nope"].value, form["terms"].value) == (None, None)
    form = to_form(Changeset.change(User))
    assert (form["age"].value, form["name"].value, form["role"].value) == (18, None, "guest")


def test_errors_and_defaults_come_from_the_changeset() -> None:
    """Not from the caller (FM-16)."""
    with pytest.raises(BadOption) as raised:
        to_form(cast({}), errors={"name": "bad"})
    assert str(raised.value) == (
        "the errors of a changeset's form are those of the changeset\n"
        "  expected: to_form(changeset) without errors\n"
        "  got: {'name': 'bad'}\n"
        '  cure: changeset.add_error("name", "…") before'
    )
    with pytest.raises(BadOption) as raised:
        nested(to_form(recipe({})), "steps", default=[])
    assert str(raised.value) == (
        "inputs_for takes no default for 'steps': it is a changeset's\n"
        "  expected: children that the changeset has\n"
        "  got: []\n"
        "  cure: give the data some, put_assoc('steps', …), or prepend and append to inputs_for"
    )
    with pytest.raises(BadOption, match=r"HTTPRecipe\.title is no association"):
        nested(to_form(recipe({})), "title")


def test_nested_forms() -> None:
    """The children of the changeset, the replaced ones gone; errors only with the parent's action (FM-16)."""
    sent = {"steps": {"4": {"id": "2", "text": ""}, "5": {"text": "eat"}}}
    changeset = recipe(sent, SOUP)
    first, second = nested(to_form(changeset), "steps")
    assert (first.id, first.name, first.index, first.hidden) == (
        "http_recipe_steps_0",
        "http_recipe[steps][0]",
        0,
        (("id", 2),),
    )
    assert (second.name, second.hidden, second["text"].value) == ("http_recipe[steps][1]", (), "eat")
    assert first["text"].errors == ()
    shown = nested(to_form(changeset, action="validate"), "steps")
    assert [form["text"].errors for form in shown] == [("can't be blank",), ()]
    assert shown[0].params == {"id": "2", "text": ""}
    assert [used_input(form["done"]) for form in shown] == [False, False]
    assert used_input(shown[0]["text"])


def test_nested_forms_where_nothing_was_sent() -> None:
    """Those of the data, with what is put before and behind; cast or not (FM-16)."""
    for changeset in (Changeset.change(SOUP), recipe({}, SOUP)):
        forms = nested(to_form(changeset), "steps", prepend=[Step("wash")], append=[Step])
        assert [form["text"].value for form in forms] == ["wash", "cut", "boil", None]
    changeset = recipe({"steps": {}}, SOUP)
    assert nested(to_form(changeset), "steps", append=[Step]) == []
    assert input_validations(nested(to_form(recipe({}, SOUP)), "steps")[0], "text") == {"required": True}


def test_one_nested_form() -> None:
    """Of the child; of an empty one, where there could be one; none where it was removed (FM-16)."""
    there = HTTPRecipe("x", address=Address("Rome"))
    (form,) = nested(to_form(Changeset.change(there), as_="r"), "address", id="i", hidden=[("k", "v")])
    assert (form.id, form.name, form.index, form.hidden) == ("i", "r[address]", None, (("k", "v"),))
    assert form["city"].value == "Rome"
    (form,) = nested(to_form(Changeset.change(HTTPRecipe)), "address")
    assert (form.data, form["city"].value) == (Address, None)
    assert nested(to_form(Changeset.change(there).put_assoc("address", None)), "address") == []


def test_what_the_browser_can_check() -> None:
    """The checks of the changeset as attributes (FM-15)."""
    changeset = (
        Changeset.change(User)
        .validate_required("name")
        .validate_length("name", min=2, max=5)
        .validate_length("email", is_=3)
        .validate_number("age", greater_than=0, less_than=10)
        .validate_number("rating", greater_than_or_equal_to=1, less_than=5)
    )
    form = to_form(changeset)
    assert input_validations(form, "name") == {"required": True, "maxlength": 5, "minlength": 2}
    assert input_validations(form, "email") == {"maxlength": 3, "minlength": 3}
    assert input_validations(form, "age") == {"step": 1, "min": 1, "max": 9}
    assert input_validations(form, "rating") == {"step": "any", "min": 1}
    assert input_validations(form, "role") == {}


def test_a_changeset_and_its_form_can_be_pickled() -> None:
    """They are values."""
    form = to_form(recipe({"steps": {"0": {"text": ""}}}).put_action("insert"))
    assert pickle.loads(pickle.dumps(form)) == form


# --- laws

TEXTS = st.text(st.sampled_from("ab 1é'<"), max_size=4)
PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "steps": st.dictionaries(
            st.sampled_from(["0", "1", "2", "x"]),
            st.fixed_dictionaries(
                {},
                optional={
                    "text": TEXTS,
                    "done": st.sampled_from(["true", "", "?"]),
                    "id": st.sampled_from(["1", "2", "3", ""]),
                },
            ),
        ),
        "steps_sort": st.lists(st.sampled_from(["0", "1", "2", "new", ""]), max_size=4),
        "steps_drop": st.lists(st.sampled_from(["0", "1", ""]), max_size=3),
    },
)


def every_error(changeset: Changeset) -> list[Any]:
    found: list[Any] = list(changeset.errors)
    for each in changeset.assocs.values():
        for child in each.children if each.touched else ():
            found += every_error(child)
    return found


@given(PARAMS, st.sampled_from([HTTPRecipe, SOUP]))
def test_valid_means_no_errors_anywhere(params: Any, data: Any) -> None:
    """valid ⇔ neither it nor a child has an error; what is valid applies, what is applied again changes nothing."""
    changeset = recipe(params, data).validate_required("title")
    assert changeset.valid is (every_error(changeset) == [])
    assert changeset.valid is (errors(changeset) == {})
    if changeset.valid:
        applied = changeset.apply_action("save")
        assert isinstance(applied, HTTPRecipe)
        again = Changeset.change(applied).put_assoc("steps", changeset.get_field("steps", []))
        assert again.put_change("title", changeset.get_field("title")).changes == {}


@given(PARAMS, st.sampled_from([HTTPRecipe, SOUP]))
def test_a_changeset_is_never_changed(params: Any, data: Any) -> None:
    """No method, and no form of it, changes it, its data or its params."""
    changeset = recipe(params, data)
    before = pickle.dumps(changeset)
    changeset.validate_required(["title", "steps"]).validate_length("steps", max=1).add_error("title", "bad")
    changeset.put_change("title", "new").delete_change("title").put_action("x").put_assoc("steps", [])
    Changeset.cast(changeset, {"title": "other"}, ["title"]).cast_assoc("steps")
    form = to_form(changeset, action="validate")
    nested(form, "steps")
    form["title"]
    assert pickle.dumps(changeset) == before


@given(PARAMS)
def test_forms_show_what_will_be(params: Any) -> None:
    """As many nested forms as children that are left, in their order; each knows what was sent for it."""
    changeset = recipe(params, SOUP)
    forms = nested(to_form(changeset), "steps")
    kept = [child for child in changeset.assocs["steps"].children if child.action != "replace"]
    assert [form.source for form in forms] == kept
    if changeset.valid:
        assert changeset.get_field("steps", []) == [form.source.apply_changes() for form in forms]


# --- a view


class RecipeLive(LiveView):
    """A recipe with steps that come and go."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(recipe=SOUP, form=to_form(RecipeLive.changeset(SOUP, {})))

    @staticmethod
    def changeset(recipe: Any, params: Any) -> Changeset:
        return Changeset.cast(recipe, params, ["title"]).validate_required("title").cast_assoc("steps")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        changeset = self.changeset(socket.assigns.recipe, params.get("http_recipe", {}))
        if event == "validate":
            return socket.assign(form=to_form(changeset, action="validate"))
        match changeset.apply_action("update"):
            case Changeset() as failed:
                return socket.assign(form=to_form(failed))
            case saved:
                return socket.assign(recipe=saved, form=to_form(self.changeset(saved, {})))

    render = heex("""
    <.form for={@form} id="f" phx-change="validate" phx-submit="save">
      <input type="text" name={@form["title"].name} value={@form["title"].value} />
      <.inputs_for :let={step} field={@form["steps"]}>
        <fieldset id={step.id}>
          <input type="hidden" name="http_recipe[steps_sort][]" value={step.index} />
          <input type="text" name={step["text"].name} value={step["text"].value} />
          <p :for={error in step["text"].errors} :if={used_input(step["text"])}>{error}</p>
          <label><input type="checkbox" name="http_recipe[steps_drop][]" value={step.index} /> remove</label>
        </fieldset>
      </.inputs_for>
      <input type="hidden" name="http_recipe[steps_drop][]" />
      <label><input type="checkbox" name="http_recipe[steps_sort][]" value="new" /> add</label>
      <button>Save</button>
    </.form>
    <ol><li :for={step in @recipe.steps}>{step.id} {step.text}</li></ol>
    """)


def texts(view: Any) -> list[Any]:
    """The steps on the form."""
    return [form["text"].value for form in nested(view.assigns.form, "steps")]


def test_rows_come_move_and_go() -> None:
    """A whole story through the page: add, remove, reorder, an invalid row, submit (FM-25, BC-12)."""
    view = live(RecipeLive)
    assert texts(view) == ["cut", "boil"]
    assert view.has_element("#http_recipe_steps_0")

    def change(sort: list[str], drop: list[str] | None = None, **steps: str) -> None:
        # The boxes "add" and "remove" are for one event: each says which of them are checked.
        rows = {index[1:]: {"text": text} for index, text in steps.items()}
        sent = {"steps": rows, "steps_sort": sort, "steps_drop": ["", *(drop or [])]}
        view.form("#f", {"http_recipe": sent}).render_change()

    change(["0", "1", "new"])
    assert texts(view) == ["cut", "boil", None]
    assert view.has_element("#http_recipe_steps_2 input[name='http_recipe[steps][2][text]']")
    assert not view.has_element("p")  # nobody was in the new row

    change(["0", "1", "2"], _2=" ")
    assert view.element("#http_recipe_steps_2 p").text == "can't be blank"
    view.form("#f").render_submit()
    assert view.assigns.form.source.action == "update"
    assert view.assigns.recipe is SOUP

    change(["0", "1", "2"], _2="eat")
    assert not view.has_element("p")
    assert texts(view) == ["cut", "boil", "eat"]

    change(["0", "1", "2"], drop=["0"])
    assert texts(view) == ["boil", "eat"]
    assert not view.has_element("#http_recipe_steps_0")
    assert view.element("#http_recipe_steps_2 input[type=text]").attributes["name"] == "http_recipe[steps][1][text]"

    view.render_change("validate", {**RAW, "http_recipe": moved(view)})
    assert texts(view) == ["eat", "boil"]

    view.form("#f", {"http_recipe": {"steps_drop": [""]}}).render_submit()
    assert view.assigns.recipe.steps == [Step("eat"), Step("boil", id=2)]
    assert [view.element(f"li:nth-child({n})").text for n in (1, 2)] == ["eat", "2 boil"]

    change(["0", "1"], drop=["0", "1"])
    assert texts(view) == []
    view.form("#f").render_submit()
    assert view.assigns.recipe.steps == []


RAW: dict[str, Any] = {"_target": ["http_recipe", "steps_sort"]}


def moved(view: Any) -> dict[str, Any]:
    """What the client sends when the second row was dragged over the first: the rows as they are, another order."""
    rows = {
        str(form.index): {
            "_persistent_id": form.params.get("_persistent_id", ""),
            **({"id": str(form.hidden[0][1])} if form.hidden else {}),
            "text": form["text"].value,
        }
        for form in nested(view.assigns.form, "steps")
    }
    return {"title": "Soup", "steps_sort": ["1", "0"], "steps_drop": [""], "steps": rows}


@pytest.mark.parametrize(
    ("check", "cure"),
    [
        (
            lambda c: c.validate_required("name", "role"),
            "validate_required(['name', 'role']), if these are fields; validate_required('name', message='role')",
        ),
        (
            lambda c: c.validate_required(["name"], "email", "age"),
            "validate_required(['name', 'email', 'age']), if these are fields",
        ),
        (lambda c: c.validate_format("email", "@", "no"), "validate_format('email', '@', message='no')"),
        (lambda c: c.validate_inclusion("name", "a", "b"), "validate_inclusion('name', ['a', 'b'])"),
        (lambda c: c.validate_inclusion("name", ["a"], "no"), "the text to be shown is message='no'"),
        (lambda c: c.validate_inclusion("name", "admin"), "validate_inclusion('name', ['admin'])"),
        (lambda c: c.validate_exclusion("name", "admin"), "validate_exclusion('name', ['admin'])"),
        (lambda c: c.validate_subset("tags", "ab"), "validate_subset('tags', ['ab'])"),
        (lambda c: c.validate_acceptance("terms", "privacy"), "validate_acceptance('terms', message='privacy')"),
    ],
)
def test_a_second_name_is_no_message(check: Any, cure: str) -> None:
    """What stands behind the fields or the values was taken for the message; text for a collection of its parts."""
    with pytest.raises(BadOption) as caught:
        check(cast({"name": "a"}))
    assert cure in str(caught.value)


@pytest.mark.parametrize("sent", [{}, {"name": "a", "age": "3", "tags": ["a"], "email": "x"}])
@pytest.mark.parametrize(
    ("check", "text"),
    [
        (lambda c: c.validate_required(5), "the fields of validate_required are a list of names"),
        (lambda c: c.validate_required(None), "the fields of validate_required are a list of names"),
        (lambda c: c.validate_required([["name"]]), "User has no attribute ['name']"),
        (lambda c: c.validate_required("name", message=5), "the message of validate_required is no text"),
        (lambda c: c.validate_length("name", min="3"), "the option min of validate_length is no limit"),
        (lambda c: c.validate_length("name", max=1.5), "the option max of validate_length is no limit"),
        (lambda c: c.validate_length("name", is_=True), "the option is of validate_length is no limit"),
        (lambda c: c.validate_length("name", min=-1), "an int, 0 or more"),
        (lambda c: c.validate_length("name", min=1, count="byte"), "nearest: bytes"),
        (lambda c: c.validate_length(["name", "email"], min=1), "cure: validate_length once for each of them"),
        (lambda c: c.validate_number("age", less_than="3"), "the option less_than of validate_number is no limit"),
        (lambda c: c.validate_number(["age"], less_than=3), "validate_number is about one field"),
        (lambda c: c.validate_format("email", 5), "the pattern of validate_format is no regular expression for text"),
        (
            lambda c: c.validate_format("email", re.compile(b"x")),
            "the pattern of validate_format is no regular expression",
        ),
        (lambda c: c.validate_format("email", "["), "unterminated character set at position 0"),
        (lambda c: c.validate_inclusion("name", 5), "validate_inclusion takes the values as one collection"),
        (lambda c: c.validate_exclusion("name", (x for x in "ab")), "cure: list(…) of it"),
        (lambda c: c.validate_subset("tags", None), "validate_subset takes the values as one collection"),
        (lambda c: c.validate_confirmation(["name"]), "validate_confirmation is about one field"),
        (lambda c: c.validate_acceptance(5), "validate_acceptance is about one field"),
        (lambda c: c.validate_change("name", "taken"), "validate_change takes a function"),
        (lambda c: c.update_change("name", 5), "update_change takes a function"),
        (lambda c: c.update_change("nam", str), "User has no attribute 'nam'"),
        (lambda c: c.add_error("name", None), "add_error('name', 'is taken')"),
        (lambda c: c.add_error("name", 5), "the message of add_error is no text"),
        (lambda c: c.add_error(5, "is taken"), "add_error is about one field"),
        (lambda c: c.put_action(5), "the action of a changeset is a str"),
        (lambda c: c.apply_action(None), "the action of apply_action is a str"),
        (lambda c: Changeset.cast(c, {}, typing.cast(Any, None)), "the permitted params are a list of names"),
    ],
)
def test_what_a_check_takes(check: Any, text: str, sent: dict[str, Any]) -> None:
    """Told where it is called, whatever was sent; not by the first value that somebody types."""
    with pytest.raises(BadOption) as caught:
        check(cast(sent))
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("check", "cure"),
    [
        ("validate_length", "validate_length('name', max=80)"),
        ("validate_number", "validate_number('age', greater_than_"),
    ],
)
def test_a_check_without_a_limit(check: str, cure: str) -> None:
    """It would check nothing."""
    with pytest.raises(BadOption, match=f"{check} has no limit, and checks nothing") as caught:
        getattr(cast({"name": "Ann"}), check)("name")
    assert str(caught.value.cure).startswith(cure)
