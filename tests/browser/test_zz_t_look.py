from tests.browser.places import few
def test_look(new_visitor):
    v=new_visitor(); p=v.page
    for stop in few(v):
        p.keyboard.press("Tab"); a=p.evaluate("document.activeElement.className"); p.keyboard.press("Enter"); p.keyboard.press("Tab")
        print(stop, a, p.evaluate("[!!document.activeElement.closest('main'), document.activeElement.outerHTML.slice(0,60)]"), p.evaluate("document.documentElement.lang"))
        p.reload()
