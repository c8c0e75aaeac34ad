"""`pydantic_forms`: models and what pydantic says about params, as forms (FM-15, FM-16)."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field

from liveview_core import LiveView, heex, to_form, used_input
from liveview_core.errors import BadOption
from liveview_core.forms.form import input_validations
from liveview_core.forms.pydantic_forms import PYDANTIC, Filled, fill
from liveview_core.rendering.html import plain
from liveview_testing import live


class Role(Enum):
    """A choice."""

    ADMIN = "admin"
    GUEST = "guest"


class Tag(BaseModel):
    """One of many."""

    label: str


class Address(BaseModel):
    """The only one."""

    city: str
    zip: str | None = None


class WebUser(BaseModel):
    """An account."""

    name: str = Field(min_length=2, max_length=5)
    age: int = Field(default=18, ge=0, le=150)
    role: Role = Role.GUEST
    words: list[str] = Field(default_factory=list)
    tags: list[Tag] = Field(default_factory=list[Tag])
    address: Address | None = None


ANN = WebUser(name="Ann", tags=[Tag(label="a"), Tag(label="b")], address=Address(city="Rome", zip="1"))


def nested(form: Any, name: str, **options: Any) -> list[Any]:
    found: list[Any] = form.impl.nested(form.source, form, name, options)
    return found


def test_fill() -> None:
    """A new model of a class; of an instance the same with what was sent. Markers and blanks are nothing."""
    sent = {"name": "Bea", "age": "", "words": ["a", ""], "_unused_age": "", "role": "admin"}
    filled = fill(WebUser, sent)
    assert filled == Filled(WebUser, sent, WebUser(name="Bea", words=["a"], role=Role.ADMIN))
    assert (filled.valid, filled.model) == (True, WebUser)
    assert fill(ANN, {"age": "31"}).value == ANN.model_copy(update={"age": 31})
    assert fill(ANN, {"address": {"city": "Oslo"}}).value.address == Address(city="Oslo", zip="1")
    assert fill(WebUser, {"name": "Bea", "address": {"city": "Oslo"}}).value.address == Address(city="Oslo")
    assert fill(ANN, {}).value == ANN


def test_errors_are_pydantics() -> None:
    """By the place of the input; nothing else decides."""
    filled = fill(WebUser, {"name": " ", "age": "200", "tags": {"0": {"label": "x"}, "1": {}}, "address": {"zip": "1"}})
    assert not filled.valid
    assert filled.errors == (
        (("name",), "Field required"),
        (("age",), "Input should be less than or equal to 150"),
        (("tags", 1, "label"), "Field required"),
        (("address", "city"), "Field required"),
    )


class Strict(BaseModel):
    """Knows nothing else, and has another name for the outside."""

    model_config = ConfigDict(extra="forbid")

    full_name: str = Field(alias="fullName")


def test_aliases_and_strangers() -> None:
    """The inputs have the names of the attributes; whether others are an error is the model's to say."""
    assert fill(Strict, {"full_name": "Ann", "_unused_full_name": "", "_target": ["x"]}).value.full_name == "Ann"
    assert fill(Strict, {}).errors == ((("full_name",), "Field required"),)
    assert fill(Strict, {"full_name": "Ann", "x": "1"}).errors == ((("x",), "Extra inputs are not permitted"),)
    assert fill(Strict(fullName="Ann"), {}).value.full_name == "Ann"


class ByName(BaseModel):
    """Takes either name."""

    model_config = ConfigDict(populate_by_name=True)

    full_name: str = Field(alias="fullName")
    words: list[str] = []


def test_a_model_that_takes_both_names() -> None:
    """What an instance holds is kept; an error is at its input, whichever name pydantic tells it by."""
    held = ByName(fullName="Ann", words=["a"])
    assert fill(held, {"words": ["b"]}).value == ByName(fullName="Ann", words=["b"])
    filled = fill(ByName, {"words": []}, action="save")
    assert filled.errors == ((("full_name",), "Field required"),)
    assert to_form(filled)["full_name"].errors == ("Field required",)


class Validated(BaseModel):
    """Named otherwise only for what comes in."""

    city: str = Field(validation_alias="Town")
    zip: str = Field(validation_alias=AliasChoices("Zip", AliasPath("zips", 0)))


def test_a_name_for_what_comes_in() -> None:
    assert fill(Validated, {"city": "Oslo", "zip": "1"}).value.city == "Oslo"
    assert fill(Validated, {"zip": "1"}).errors == ((("city",), "Field required"),)
    assert fill(Validated, {"city": "Oslo"}).errors == ((("zip",), "Field required"),)


def test_plain_values_under_numbers() -> None:
    """A list whose inputs are numbered, as `words[0]` … `words[10]`: in the order of the numbers, as children are (FM-25)."""
    sent = {str(number): f"w{number}" for number in (10, 2, 0)}
    assert fill(ByName, {"full_name": "Ann", "words": sent}).value.words == ["w0", "w2", "w10"]


def test_sorting_and_dropping() -> None:
    """As for changesets (FM-25)."""
    sent: dict[str, Any] = {"name": "Bea", "tags": {"0": {"label": "a"}, "1": {"label": "b"}, "10": {"label": "c"}}}
    assert [tag.label for tag in fill(WebUser, {**sent, "tags_sort": ["10", "0"]}).value.tags] == ["c", "a", "b"]
    assert [tag.label for tag in fill(WebUser, {**sent, "tags_drop": ["", "1"]}).value.tags] == ["a", "c"]
    assert fill(ANN, {"tags_drop": [""]}).value.tags == []
    assert [place for place, _ in fill(WebUser, {**sent, "tags_sort": ["new"]}).errors] == [("tags", 0, "label")]


def test_a_form_of_a_model() -> None:
    """The name is that of the class, an instance is put; errors need an action (FM-16)."""
    form = to_form(ANN)
    assert (form.name, form.id, form.options, form.impl) == ("web_user", "web_user", {"method": "put"}, PYDANTIC)
    assert (form["name"].value, form["role"].value, form["nope"].value) == ("Ann", "guest", None)
    form = to_form(Filled(WebUser), as_="u", id="i", foo=1)
    assert (form.name, form.id, form.options) == ("u", "i", {"foo": 1, "id": "i", "method": "post"})
    assert (form["name"].value, form["age"].value, form["words"].value) == (None, 18, [])
    filled = fill(WebUser, {"age": "x", "name": ""})
    assert to_form(filled)["age"].errors == ()
    form = to_form(filled, action="validate")
    assert form["age"].errors == ("Input should be a valid integer, unable to parse string as an integer",)
    assert (form["age"].value, form["name"].value, form["name"].errors) == ("x", "", ("Field required",))
    assert to_form(fill(WebUser, {}, action="save"))["name"].errors == ("Field required",)
    assert pickle.loads(pickle.dumps(form)) == form


def test_nested_forms() -> None:
    """One or many, with the errors of each (FM-16)."""
    forms = nested(to_form(ANN), "tags", append=[Tag])
    assert [(form.name, form["label"].value) for form in forms] == [
        ("web_user[tags][0]", "a"),
        ("web_user[tags][1]", "b"),
        ("web_user[tags][2]", None),
    ]
    filled = fill(ANN, {"tags": {"3": {"label": "x"}, "4": {"label": ""}}, "address": {"city": ""}})
    form = to_form(filled, action="validate")
    assert [(each["label"].value, each["label"].errors) for each in nested(form, "tags")] == [
        ("x", ()),
        ("", ("Field required",)),
    ]
    (address,) = nested(form, "address")
    assert (address.name, address.id, address.index) == ("web_user[address]", "web_user_address", None)
    assert (address["city"].value, address["zip"].value) == ("", "1")
    assert nested(to_form(filled), "tags")[1]["label"].errors == ()
    (new,) = nested(to_form(Filled(WebUser)), "address")
    assert new["city"].value is None


def test_what_the_browser_can_check() -> None:
    """The limits of the model as attributes (FM-15)."""
    form = to_form(ANN)
    assert input_validations(form, "name") == {"required": True, "minlength": 2, "maxlength": 5}
    assert input_validations(form, "age") == {"min": 0, "max": 150}
    assert input_validations(form, "nope") == {}


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (
            lambda: fill(int, {}),
            "fill is about pydantic models, and int is none\n"
            "  expected: a class that inherits from pydantic.BaseModel, or an instance of one\n"
            "  got: <class 'int'>\n"
            "  cure: of an attrs class, make a Changeset; of a mapping, to_form(params)",
        ),
        (
            lambda: to_form(ANN, errors={"name": "bad"}),
            "the errors of a model's form are pydantic's\n  expected: to_form(filled) without errors",
        ),
        (
            lambda: nested(to_form(ANN), "tag"),
            "WebUser.tag is no model inside\n"
            "  expected: a field whose type is a model, or a list of models\n"
            "  got: no such field\n"
            "  nearest: tags, age",
        ),
        (
            lambda: nested(to_form(ANN), "words"),
            "WebUser.words is no model inside\n"
            "  expected: a field whose type is a model, or a list of models\n"
            "  got: list[str]",
        ),
        (
            lambda: nested(to_form(ANN), "tags", default=[]),
            "inputs_for takes no default for 'tags': it is a model's\n"
            "  expected: children that the model has, or prepend and append\n"
            "  got: []",
        ),
    ],
)
def test_mistakes_of_the_program_are_raised(act: Any, text: str) -> None:
    """With what was expected, and the cure."""
    with pytest.raises(BadOption) as raised:
        act()
    assert str(raised.value) == text


class Trip(BaseModel):
    """Types that text can be."""

    title: str
    seats: int
    price: Decimal
    day: datetime.date
    role: Role
    open: bool
    words: list[str]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: not text.isspace())
TRIPS = st.builds(
    Trip,
    title=WORDS,
    seats=st.integers(-(10**9), 10**9),
    price=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**6), max_value=10**6),
    day=st.dates(),
    role=st.sampled_from(Role),
    open=st.booleans(),
    words=st.lists(WORDS),
)


@given(TRIPS)
def test_what_a_form_shows_fills_the_same_model(trip: Trip) -> None:
    """Shown by a form and sent back as text: the same model."""
    form = to_form(trip)
    sent: dict[str, Any] = {}
    for name in Trip.model_fields:
        value = form[name].value
        sent[name] = [plain(each) for each in value] if isinstance(value, list) else plain(value)
    assert fill(Trip, sent).value == trip


class UserLive(LiveView):
    """Validates while one types."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(form=to_form(ANN), saved=None)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        filled = fill(ANN, params["web_user"], action=event)
        if event == "save" and filled.valid:
            return socket.assign(saved=filled.value, form=to_form(filled.value))
        return socket.assign(form=to_form(filled))

    render = heex("""
    <.form for={@form} id="f" phx-change="validate" phx-submit="save">
      <input type="text" name={@form["name"].name} value={@form["name"].value} />
      <p :for={error in @form["name"].errors} :if={used_input(@form["name"])}>{error}</p>
      <.inputs_for :let={tag} field={@form["tags"]}>
        <input type="text" name={tag["label"].name} value={tag["label"].value} />
        <i :for={error in tag["label"].errors}>{error}</i>
      </.inputs_for>
    </.form>
    <b :if={@saved}>{@saved.name} {[tag.label for tag in @saved.tags]}</b>
    """)


def test_a_view_with_a_model() -> None:
    """Through the page: an error, the cure, saved (BC-11)."""
    view = live(UserLive)
    view.form("#f", {"web_user": {"name": "A", "tags": {"1": {"label": ""}}}}).render_change()
    assert view.element("p").text == "String should have at least 2 characters"
    assert view.element("i").text == "Field required"
    view.form("#f").render_submit()
    assert not view.has_element("b")
    view.form("#f", {"web_user": {"name": "Bea", "tags": {"1": {"label": "z"}}}}).render_submit()
    assert view.element("b").text == "Bea az"
    assert used_input(to_form({"name": ""})["name"])


def test_the_core_does_not_import_pydantic() -> None:
    """Nothing but this module does; without pydantic it names the extra."""
    code = (
        "import sys; import liveview_core.forms.changeset, liveview_core.components; print('pydantic' in sys.modules)\n"
        "sys.modules['pydantic'] = None\n"
        "try:\n    import liveview_core.forms.pydantic_forms\nexcept ImportError as error:\n    print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "False",
        "forms of pydantic models need pydantic",
        "  cure: pip install 'liveview-core[pydantic]'",
    ]


@pytest.mark.parametrize(
    ("make", "kind", "cure"),
    [
        ("User(name='a')", "User", "import liveview_core.forms.pydantic_forms: with it, models are sources of forms"),
        (
            "User",
            "ModelMetaclass",
            "to_form(fill(User, params)), with `fill` of liveview_core.forms.pydantic_forms, which keeps what was typed",
        ),
        (
            "refused()",
            "ValidationError",
            "to_form(fill(Model, params)), with `fill` of liveview_core.forms.pydantic_forms, which keeps what was typed",
        ),
    ],
)
def test_models_that_to_form_does_not_know_yet(make: str, kind: str, cure: str) -> None:
    """Nothing is imported for a model by itself: the error says what to import."""
    code = (
        "from pydantic import BaseModel, ValidationError\n"
        "from liveview_core import to_form\n"
        "class User(BaseModel):\n"
        "    name: str\n"
        "def refused():\n"
        "    try:\n"
        "        User.model_validate({})\n"
        "    except ValidationError as error:\n"
        "        return error\n"
        "try:\n"
        f"    to_form({make})\n"
        "except ValueError as error:\n"
        "    print(error.happened, error.cure, sep='\\n')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == f"to_form cannot make a form of a {kind}\n{cure}\n"
