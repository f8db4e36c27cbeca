import pytest
from tests.factories import *
pytestmark=[pytest.mark.django_db, pytest.mark.ignore_template_errors]
@pytest.mark.parametrize("q",["q=!!!","q=%00","muscle=%00","page=9999999999","page="+"9"*5000,"q="+"x"*10000,"muscle=latissimus&muscle=no","sort=zz","q=%F0%9F%92%AA","q="+"a+"*50, "q=%ff", "level=%00&page=%00"])
def test_q(client,q):
    MuscleFactory(slug="latissimus")
    ExerciseFactory()
    r=client.get("/exercises/?"+q); assert r.status_code==200
    assert "latissimus" not in r.context["filter"].dropped
def post(c,url,**d):
    base={}
    for p in("steps","targets","aliases","pictures"):
        base.update({f"{p}-TOTAL_FORMS":0,f"{p}-INITIAL_FORMS":0})
    return c.post(url,{**base,"name":"Pull up","slug":"pull-up-2","status":"draft","laterality":"bilateral","load_type":"external",**d})
def test_dup_name(eddies_client,pull_up):
    r=post(eddies_client,"/admin/exercises/exercise/add/"); print(r.context["adminform"].errors)
    assert r.status_code==200
def test_dup_slug(eddies_client,pull_up):
    r=post(eddies_client,"/admin/exercises/exercise/add/",name="Other",slug="pull-up");  print(r.context["adminform"].errors)
    assert r.status_code==200
def test_alias_blank(eddies_client,pull_up):
    r=post(eddies_client,"/admin/exercises/exercise/add/",**{"name":"Other","aliases-TOTAL_FORMS":1,"aliases-0-name":"!!!"})
    assert r.status_code==200
def test_hist_leak(eddies_client,alice):
    e=ExerciseFactory(owner=alice,name="Secret thing")
    r=eddies_client.get(f"/admin/exercises/exercise/{e.pk}/change/"); print(r.status_code, r.headers.get("Location"))
    r=eddies_client.get(f"/admin/exercises/exercise/{e.pk}/history/"); print(r.status_code); assert "Secret" not in r.content.decode()
def test_hist_leak2(eddies_client,alice):
    e=ExerciseFactory(owner=alice,name="Secret thing")
    h=e.history.first()
    r=eddies_client.get(f"/admin/exercises/exercise/{e.pk}/history/{h.history_id}/"); print(r.status_code); assert "Secret" not in r.content.decode()
def test_long(alice):
    from workouts.own_exercises import make_own_exercise
    e=make_own_exercise(owner=alice,name=" ".join(["kb"]*26)); print(len(e.name),len(e.name_key)); assert len(e.name_key)<=80
