//! Careers side by side, state by state, and searches kept under a name.

use serde_json::{Value, json};

use crate::support::{CAREER, first_run, open};

const OTHER: &str = "3d-animator";

fn compare(slugs: &[&str], place: &str) -> Value {
    json!({ "slugs": slugs, "place": place, "language": "en" })
}

#[tokio::test]
async fn careers_stand_side_by_side_in_the_order_asked_for_with_the_facts_of_their_pages() {
    let room = open().await;
    let found = room.call("careers.compare", compare(&[OTHER, CAREER, OTHER], "ST39")).await;
    let show = |slug: &str| json!({ "slug": slug, "place": "ST39", "language": "en" });
    assert_eq!(
        found,
        json!([room.call("careers.show", show(OTHER)).await, room.call("careers.show", show(CAREER)).await])
    );
}

#[tokio::test]
async fn every_career_has_its_title_in_the_language_asked_for() {
    let room = first_run();
    for language in ["en", "es"] {
        let titles = room.call("careers.titles", json!({ "language": language })).await;
        let titles = titles.as_array().unwrap();
        assert_eq!(titles.len(), 1021);
        let page = json!({ "slugs": [CAREER, OTHER], "place": "US", "language": language });
        let page = room.call("careers.compare", page).await;
        let own = titles.iter().find(|career| career["slug"] == CAREER).unwrap();
        assert_eq!(own["title"], page[0]["title"], "{language}");
    }
}

#[tokio::test]
async fn one_career_or_five_are_no_comparison_and_an_unknown_one_is_named_as_such() {
    let room = first_run();
    let too_many = [CAREER, OTHER, "ai-researcher", "api-developer", "ai-ethics-specialist"];
    for slugs in [&[][..], &[CAREER], &[CAREER, CAREER], &too_many] {
        let error = room.try_call("careers.compare", compare(slugs, "US")).await.unwrap_err();
        assert_eq!(error.code, "careers.compare_count", "{slugs:?}");
        assert_eq!((error.params["least"].as_str(), error.params["most"].as_str()), ("2", "4"));
    }
    assert_eq!(room.code("careers.compare", compare(&[CAREER, "no-such"], "US")).await, "careers.not_found");
    room.call("careers.compare", compare(&too_many[..4], "no-such-place")).await;
}

#[tokio::test]
async fn every_state_has_the_figures_that_its_own_page_shows() {
    let room = open().await;
    let states = room.call("careers.states", json!({ "slug": CAREER, "language": "es" })).await;
    let states = states.as_array().unwrap();
    let of = |id: &str| states.iter().find(|state| state["place"]["id"] == id).unwrap();
    for id in ["ST11", "ST39", "ST72"] {
        let page = room.call("careers.show", json!({ "slug": CAREER, "place": id, "language": "es" })).await;
        let pay = &page["pay"][0];
        let state = of(id);
        assert_eq!(state["place"], pay["place"]);
        assert_eq!(state["pay"], pay["p50"]);
        for field in ["location_quotient", "employment", "too_few"] {
            assert_eq!(state[field], pay[field], "{id} {field}");
        }
    }
    assert!(states.len() >= 52 && states.iter().all(|state| state["place"]["kind"] == "state"));
    assert_eq!(
        room.code("careers.states", json!({ "slug": "no-such", "language": "en" })).await,
        "careers.not_found"
    );
}

#[tokio::test]
async fn a_search_is_kept_renamed_and_taken_away_and_each_of_it_can_be_undone() {
    let room = open().await;
    let all = async || room.call("careers.saved_searches", json!({})).await;
    let save = |id: Option<&str>, name: &str| json!({ "id": id, "name": name, "query": "q=vet&sort=pay" });
    let saved = room.call("careers.save_search", save(None, "  Animals  ")).await;
    let id = saved["id"].as_str().unwrap();
    assert_eq!(all().await[0]["name"], "Animals");
    assert_eq!(all().await[0]["query"], "q=vet&sort=pay");

    let renamed = room.call("careers.save_search", save(Some(id), "Work with animals")).await;
    assert_eq!(all().await[0]["name"], "Work with animals");
    room.call("changes.undo", json!({ "change": renamed["change"] })).await;
    assert_eq!(all().await[0]["name"], "Animals");

    let removed = room.call("careers.remove_search", json!({ "id": id })).await;
    assert_eq!(all().await, json!([]));
    room.call("changes.undo", json!({ "change": removed["change"] })).await;
    assert_eq!(all().await[0]["id"], id);
}

#[tokio::test]
async fn a_search_without_a_name_and_one_that_is_gone_are_refused() {
    let room = open().await;
    let save = |id: Option<&str>, name: &str| json!({ "id": id, "name": name, "query": "" });
    assert_eq!(room.code("careers.save_search", save(None, " \t ")).await, "careers.search_name_empty");
    assert_eq!(
        room.code("careers.save_search", save(Some("gone"), "Name")).await,
        "careers.search_not_found"
    );
    assert_eq!(room.code("careers.remove_search", json!({ "id": "gone" })).await, "careers.search_not_found");
}

#[tokio::test]
async fn groups_and_letters_part_the_list_and_each_leaves_as_many_as_it_says() {
    let room = first_run();
    let search = async |filters: Value, language: &str| {
        let query = json!({
            "text": "", "filters": filters, "sort": "name", "offset": 0, "limit": 1, "place": "US",
            "language": language,
        });
        room.call("careers.search", query).await
    };
    for language in ["en", "es"] {
        let all = search(json!({}), language).await;
        for filter in ["group", "letter"] {
            let counts = all["counts"][filter].as_object().unwrap();
            let sum: u64 = counts.values().filter_map(Value::as_u64).sum();
            assert_eq!(Some(sum), all["total"].as_u64(), "{filter} {language}");
            for (value, count) in counts {
                let chosen = search(json!({ filter: [value] }), language).await;
                assert_eq!(chosen["total"], *count, "{filter} {value} {language}");
                let title = chosen["rows"][0]["title"].as_str().unwrap();
                let first =
                    title.chars().next().filter(char::is_ascii).map(|c| c.to_ascii_uppercase().to_string());
                if let (true, Some(first)) = (filter == "letter" && value != "#", first) {
                    assert_eq!(*value, first, "{title}");
                }
            }
        }
    }
}
