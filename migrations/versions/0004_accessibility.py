"""Accessibility statement and reports of faults"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accessibility_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service", sa.String(length=200), nullable=True),
        sa.Column("conformance", kind("conformance", "full", "partial", "none"), nullable=True),
        sa.Column("tested", kind("judged", "own", "external", "both", "estimated"), nullable=True),
        sa.Column("tester", sa.String(length=200), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("launched_on", sa.Date(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=200), nullable=True),
        sa.Column("answer_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_accessibility_statement_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_statement")),
    )
    op.create_index(
        op.f("ix_accessibility_statement_organisation_id"), "accessibility_statement", ["organisation_id"]
    )
    op.create_index(
        "uq_accessibility_statement_draft",
        "accessibility_statement",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "shortcoming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("reason", kind("reason", "shortcoming", "burden", "outside"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("criterion", sa.String(length=200), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("instead", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("mended_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["accessibility_statement.id"],
            name=op.f("fk_shortcoming_statement_id_accessibility_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortcoming")),
    )
    op.create_index(op.f("ix_shortcoming_statement_id"), "shortcoming", ["statement_id"])
    op.create_table(
        "accessibility_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "about", kind("about", "fault", "easy-read", "aloud", "paper", "signed", "other"), nullable=False
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["person.id"],
            name=op.f("fk_accessibility_report_handled_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_accessibility_report_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_report")),
    )
    op.create_index(op.f("ix_accessibility_report_handled_by_id"), "accessibility_report", ["handled_by_id"])
    op.create_index(op.f("ix_accessibility_report_organisation_id"), "accessibility_report", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("accessibility_report")
    op.drop_table("shortcoming")
    op.drop_table("accessibility_statement")


def kind(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)
