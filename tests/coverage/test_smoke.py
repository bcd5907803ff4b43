from app import coverage, db
from app.models import Campaign
from tests.world import TODAY, World


def test_smoke(world: World) -> None:
    with db.reading():
        campaign = db.session.get(Campaign, world.campaign.id)
        import json
        print(json.dumps(coverage.by_unit(campaign, TODAY).as_dict(), indent=1, ensure_ascii=False))
