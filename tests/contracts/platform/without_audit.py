"""The platform's contract where it keeps no audit: what can still be known of who decided (R-25).

In: an adapter whose capabilities say so, and staff at its grid. Out: one test a promise.
Never here: a platform's name.
"""


class WithoutAudit:
    """Who made a record counts while nobody else has touched it; else nobody does."""

    asked_where = ("audit", False)

    def test_a_decision_is_its_makers_while_nobody_else_touched_it(self, platform, desk):
        """A manager's row, made in one go: each filled cell is the manager's, from the moment it was made (R-25)."""
        assert not platform.capabilities.audit
        made = desk.add("Approvals", {"Approval": "a", "Decision": "Agreed"})

        told = platform.history("Approvals", made)
        assert {(x.field, x.before, x.after, x.by, x.made) for x in told} == {
            ("Approval", None, "a", desk.staff, True), ("Decision", None, "Agreed", desk.staff, True),
        }  # fmt: skip
        assert {x.at for x in told} == {platform.get("Approvals", [made])[0].created_at}
        assert platform.account() == desk.runner
        assert platform.history("Approvals", "999999999") == []

    def test_a_decision_is_no_older_than_its_rows_last_change(self, platform, desk):
        """Nobody can say which cell its maker filled last, so all count from then (R-25)."""
        made = desk.add("Approvals", {"Approval": "a"})
        desk.wait(1.1)
        desk.write("Approvals", made, {"Decision": "Agreed"})

        told = platform.history("Approvals", made)
        assert {(x.field, x.by, x.made) for x in told} == {
            ("Approval", desk.staff, False), ("Decision", desk.staff, False),
        }  # fmt: skip
        assert {x.at for x in told} == {platform.get("Approvals", [made])[0].updated_at}

    def test_a_decision_on_a_row_that_another_touched_does_not_count(self, platform, desk):
        """By whichever of the two: the row tells no author at all (R-25)."""
        ours = platform.create("Approvals", [{"Approval": "a"}])[0]
        theirs = desk.add("Approvals", {"Approval": "b", "Decision": "Agreed"})
        assert platform.history("Approvals", theirs)

        desk.write("Approvals", ours, {"Decision": "Agreed"})
        platform.update("Approvals", [(theirs, {"Approval": "c"})])

        assert platform.history("Approvals", ours) == platform.history("Approvals", theirs) == []

    def test_a_row_that_another_links_to_keeps_its_author(self, platform, desk):
        """What points at a decision is no change of it (R-25)."""
        case = platform.create("Cases", [{"Reference": "CW-2026-0001"}])[0]
        before = platform.get("Cases", [case])[0]
        desk.wait(1.1)
        made = desk.add("Approvals", {"Approval": "a", "Decision": "Agreed"})
        desk.link("Approvals", made, "Case", case)

        after = platform.get("Cases", [case])[0]
        assert (after.updated_at, after.fields["Changed by"]) == (before.updated_at, None)
        assert {x.by for x in platform.history("Approvals", made)} == {desk.staff}
