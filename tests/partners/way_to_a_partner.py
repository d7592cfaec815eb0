"""The way to a partner's desk on loopback, and two notices for it."""

from partner_cases import a_case, a_disclosure, ground, identified, notice

from sync.partners.https_json import Destination, HttpsJson

TOKEN = "a-token-made-up-for-tests"
STATISTICS = notice(a_case(), a_disclosure())
NAMED = notice(a_case(), identified(ground("v1"), ground("v2"), replaces=a_disclosure().key))


def the_way_to(url: str, token: str = TOKEN, ca_file: str | None = None) -> HttpsJson:
    return HttpsJson(Destination("Exampleshire", url, token, ca_file), timeout=(1.0, 0.5), longest=1.5)
