"""An owner's own lists of hosts: read as people write them, kept with the library, and held to at every hop."""

import pytest

from index.errors import FetchRefused
from index.library.folder import Library
from index.reading.addresses import HostRules, WrittenHosts, host_rules, judge_url, read_hosts, set_host_rules
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ("news.example.org", ("news.example.org",)),
        ("a.example, b.example\nc.example;d.example", ("a.example", "b.example", "c.example", "d.example")),
        ("https://www.example.org/a/story?id=1#top", ("example.org",)),
        ("HTTP://Example.ORG:8080", ("example.org",)),
        ("example.org. EXAMPLE.org", ("example.org",)),
        ("*.gov .edu", ("gov", "edu")),
        ("münchen.example", ("xn--mnchen-3ya.example",)),
        ("user@example.org", ("example.org",)),
        ("93.184.215.14", ("93.184.215.14",)),
        ("", ()),
    ],
)  # fmt: skip
def test_hosts_are_read_as_people_write_them(written: str, hosts: tuple[str, ...]) -> None:
    assert read_hosts(written) == WrittenHosts(hosts)


@pytest.mark.parametrize(
    "word",
    ["nonsense", "a..example.org", "https://", "-a.example", "<b>", "*", ".", "[::1]", "a" * 64 + ".org", "x:y.org"],
)  # fmt: skip
def test_what_is_no_host_is_said_back(word: str) -> None:
    assert read_hosts(f"{word} example.org") == WrittenHosts(("example.org",), (word,))


def test_a_denied_host_is_never_read_and_others_are_only_where_none_is_allowed_by_name() -> None:
    assert HostRules().allows("any.example")
    only = HostRules(allowed=("example.org",), denied=("bad.example.org",))
    for host in ("example.org", "www.example.org", "news.example.org"):
        assert only.allows(host)
    for host in ("bad.example.org", "a.bad.example.org", "fakeexample.org", "example.org.evil.example"):
        assert not only.allows(host)
    assert HostRules(denied=("example.org",)).allows("other.example")


def test_the_lists_are_kept_with_the_library() -> None:
    disk = FakeDisk()
    rules = HostRules(allowed=("example.org",), denied=("bad.example.org",))
    set_host_rules(_opened(disk), rules)
    assert host_rules(_opened(disk)) == rules
    set_host_rules(_opened(disk), HostRules())
    assert host_rules(_opened(disk)) == HostRules()
    assert _opened(disk).settings() == {}


@pytest.mark.parametrize(
    "address", ["https://other.example/", "https://bad.example.org/", "https://xn--fake-example.org/"]
)
def test_an_address_elsewhere_is_refused_in_a_sentence(address: str) -> None:
    rules = HostRules(allowed=("example.org",), denied=("bad.example.org",))
    assert judge_url("https://www.example.org/x", rules).host == "www.example.org"
    with pytest.raises(FetchRefused, match="does not read from there"):
        judge_url(address, rules)


def _opened(disk: FakeDisk) -> Library:
    return Library.open("nowhere", embedder=FakeEmbedder(), attributor=FakeAttributor(), disk=disk)
