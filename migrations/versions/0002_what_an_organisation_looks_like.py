"""What an organisation looks like: brand, logo, data protection"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("brand", sa.String(200), nullable=True))
    op.add_column("organisation", sa.Column("data_protection", sa.String(200), nullable=True))
    op.create_table(
        "logo",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(200), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], op.f("fk_logo_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_logo")),
    )
    op.create_index(op.f("ix_logo_digest"), "logo", ["digest"])


def downgrade() -> None:
    op.drop_table("logo")
    op.drop_column("organisation", "data_protection")
    op.drop_column("organisation", "brand")
