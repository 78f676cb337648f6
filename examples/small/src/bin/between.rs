//! Rules between fields, one type for two purposes, and functions of your own for what no rule says.

use palisade::{
    prelude::*,
    value::{Findings, Invariant, On, from_json},
};
use serde::Deserialize;

/// What a type is used for: any type can stand for it.
struct Publish;

/// Whose event it is.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Secure)]
#[serde(rename_all = "snake_case")]
enum Host {
    Person,
    Company,
}

/// An event. As a draft it may be unfinished; to be published, it may not.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[secure(at_least_one_of(place, link), check = Event::has_room)]
struct Event {
    #[secure(trim, length(max = 80))]
    #[secure(required, on = Publish)]
    title: Option<String>,
    host: Host,
    /// An argument that mentions a field is an expression, evaluated when the event is checked.
    #[secure(length(max = 16), required_if(host == Host::Company))]
    vat_id: Option<String>,
    #[secure(range(max = 23))]
    from_hour: u8,
    #[secure(range(max = 24), greater_than(from_hour))]
    to_hour: u8,
    #[secure(length(max = 80), excluded_with(link))]
    place: Option<String>,
    #[secure(url)]
    link: Option<String>,
    #[secure(range(min = 1, max = 500))]
    seats: u16,
    #[secure(length(max = 20), each(length(min = 1, max = 40), check = is_somebody))]
    guests: Vec<String>,
}

static ROOM: Invariant = Invariant::new("room", "must not be more guests than seats");
static SOMEBODY: Invariant = Invariant::new("somebody", "must be the name of somebody");

impl Event {
    /// Asked once everything else is well.
    fn has_room(&self, findings: &mut Findings<'_>) {
        if usize::from(self.seats) < self.guests.len() {
            findings.refuse("guests", &ROOM);
        }
    }
}

/// The function of a field gets a reference to its value.
fn is_somebody(name: &str) -> Result<(), &'static Invariant> {
    if name.eq_ignore_ascii_case("nobody") { Err(&SOMEBODY) } else { Ok(()) }
}

const EVENTS: &[(&str, &str, &str)] = &[
    (
        r#"{"title":"Tea","host":"person","fromHour":16,"toHour":18,"place":"garden","seats":8,"guests":["Ada"]}"#,
        "",
        "",
    ),
    (
        r#"{"host":"person","fromHour":16,"toHour":18,"place":"garden","seats":8,"guests":[]}"#,
        "",
        "/title is required (required)",
    ),
    (
        r#"{"title":"Tea","host":"company","fromHour":16,"toHour":16,"seats":8,"guests":["nobody"]}"#,
        "/vatId is required by `host` (required_if); /toHour must be above `fromHour` (greater_than); \
         /guests/0 must be the name of somebody (somebody); must have at least one of `place` and `link` (at_least_one_of)",
        "/vatId is required by `host` (required_if); /toHour must be above `fromHour` (greater_than); \
         /guests/0 must be the name of somebody (somebody); must have at least one of `place` and `link` (at_least_one_of)",
    ),
    (
        r#"{"title":"Tea","host":"person","fromHour":16,"toHour":18,"place":"garden","seats":1,"guests":["Ada","Bob"]}"#,
        "/guests must not be more guests than seats (room)",
        "/guests must not be more guests than seats (room)",
    ),
];

fn main() {
    for (event, as_draft, to_publish) in EVENTS {
        // A handler takes `Json<Event>` for the one and `Json<On<Event, Publish>>` for the other.
        let draft = from_json::<Event>(event).map(drop).map_err(|report| report.to_string());
        let publish = from_json::<On<Event, Publish>>(event).map(drop).map_err(|report| report.to_string());
        println!("{event}\n  as a draft: {}\n  to publish: {}", said(&draft), said(&publish));
        assert_eq!(draft.err().unwrap_or_default(), *as_draft);
        assert_eq!(publish.err().unwrap_or_default(), *to_publish);
    }
}

fn said(outcome: &Result<(), String>) -> &str {
    outcome.as_ref().err().map_or("well", String::as_str)
}
