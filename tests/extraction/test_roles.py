"""Posts: as written, who holds them, and of what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.names import find_names
from archive.extraction.roles import find_roles


def _roles(text):
    return [
        (role.text, role.holder.text, role.of.text if role.of else None)
        for role in find_roles(text, find_names([text])[0])
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kenyan President William Ruto left.", ("President", "William Ruto", "Kenyan")),
        ("Chile's acting finance minister, Rosa Vidal, left.",
         ("acting finance minister", "Rosa Vidal", "Chile")),
        ("Musa Keita, head of the Peace Council, left.",
         ("head", "Musa Keita", "Peace Council")),
        ("Peru's Minister of Defense, Luis Paz, left.",
         ("Minister of Defense", "Luis Paz", "Peru")),
        ("India's ambassador to Nepal, Arun Rao, left.", ("ambassador", "Arun Rao", "India")),
        ("UN Secretary-General Ban Ki-moon left.",
         ("Secretary-General", "Ban Ki-moon", "UN")),
        ("Prime Minister Mullah Hasan Noori left.", ("Prime Minister", "Hasan Noori", None)),
    ],
)  # fmt: skip
def test_a_post_has_its_holder_and_its_body(text, role):
    """The post stands before or behind its holder; country or body on either side of it."""
    assert _roles(text) == [role]


@pytest.mark.parametrize(
    "text",
    ["The president of Kenya spoke.", "A spokesman declined. Rosa Vidal disagreed.",
     "Presidential hopes of Rosa Vidal rose."],
)  # fmt: skip
def test_a_post_without_a_named_holder_is_left_out(text):
    """Only a person named beside the post holds it."""
    assert _roles(text) == []


def test_references_point_to_the_mentions():
    """Holder and body are indices into the paragraph's mentions."""
    text = "Ghana's President Nana Osei met Musa Keita, leader of the Unity Party."
    mentions = find_names([text])[0]
    for role in find_roles(text, mentions):
        for reference in filter(None, (role.holder, role.of)):
            assert reference.mention is not None
            assert mentions[reference.mention[1]].text == reference.text


@given(
    st.lists(st.sampled_from(["President ", "Rosa Vidal", ", ", "head of ", "Peru", "’s ", "the "]))
)
def test_roles_are_slices_in_order(parts):
    """Any arrangement of posts and names gives exact slices, in order."""
    text = "".join(parts)
    end = 0
    for role in find_roles(text, find_names([text])[0]):
        assert end <= role.char_start < role.char_end
        assert text[role.char_start : role.char_end] == role.text
        end = role.char_end
