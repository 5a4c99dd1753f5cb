"""Settings: an archive is found as git finds its own, and its file says what it holds."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import NoArchive, SettingsError
from ingest.settings import (
    Profile,
    create,
    locate,
    parse_age,
    parse_network,
    read_profile,
    user_agent,
    write_profile,
)

words = st.text(st.characters(exclude_categories=["Cs"]))


def test_found_from_a_folder_below(tmp_path: Path) -> None:
    create(tmp_path / "a", Profile(operator="Me"))
    below = tmp_path / "a" / "b" / "c"
    below.mkdir(parents=True)
    assert locate(None, below).store == str(tmp_path / "a")
    assert locate(str(tmp_path / "a"), tmp_path).profile.operator == "Me"


def test_none_here(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="pincite init"):
        locate(None, tmp_path)
    with pytest.raises(NoArchive, match="nowhere"):
        locate(str(tmp_path / "nowhere"), tmp_path)


def test_remote_store_wants_an_index(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--index"):
        locate("s3://bucket/a", tmp_path)
    assert locate("s3://bucket/a", tmp_path, tmp_path / "i.db").index == tmp_path / "i.db"


@given(st.builds(Profile, words, st.lists(words).map(tuple), words, words))
def test_profile_round_trips(tmp_path_factory: pytest.TempPathFactory, profile: Profile) -> None:
    folder = tmp_path_factory.mktemp("profile")
    write_profile(folder, profile)
    assert read_profile(folder) == profile


def test_former_addresses_are_remembered() -> None:
    profile = Profile("https://a.example").moved_to("https://b.example/").moved_to("https://a.example")
    assert profile == Profile("https://a.example", ("https://b.example",))


@pytest.mark.parametrize(
    ("content", "message"),
    [("base-url = ", "cannot be read"), ("colour = 1", "no setting"), ("operator = 1", "text in quotes"),
     ("former-base-urls = 1", "list of addresses")],
)  # fmt: skip
def test_bad_file(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "pincite.toml").write_text(content)
    with pytest.raises(SettingsError, match=message):
        read_profile(tmp_path)


def test_ages_and_networks() -> None:
    assert parse_age("1d") == timedelta(days=1)
    assert parse_age("0") == timedelta(0)
    assert parse_age("any") is None
    assert str(parse_network("127.0.0.1/8")) == "127.0.0.0/8"
    for bad in ("soon", "1y", "-1d", "9" * 30):
        with pytest.raises(SettingsError, match=r"age|longer"):
            parse_age(bad)
    with pytest.raises(SettingsError, match="network"):
        parse_network("localhost")


def test_user_agent_says_whom_to_complain_to() -> None:
    assert user_agent(Profile(contact="me@a.example")).endswith("; me@a.example)")
    hostile = user_agent(Profile(contact="ü\r\nX-Evil: 1"))
    assert hostile.isascii() and hostile.isprintable()
