

def test_the_tab_of_the_page_that_is_open_is_marked(sign_in, ours):
    page = sign_in("staff").get(f"{LIST}{ours.pk}/").text

    [tab] = [line for line in page.split("<li>") if f'href="{LIST}{ours.pk}/"' in line]
    assert 'aria-current="page"' in tab
