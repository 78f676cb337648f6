//! Endpoint × identity × property, generated from the document and asserted over a socket.

use palisade::{policy::Masking, prelude::*};
use serde_json::{Map, Value, json};

use crate::{
    demand::satisfies,
    policy::{self, Orders},
    world::{IDENTITIES, Identity, World},
};

/// What the document says `who` sees of `value`.
fn seen(document: &Value, schema: &Value, value: &Value, who: Option<&Identity>) -> Value {
    let schema = resolve(document, schema, value);
    match value {
        Value::Array(items) => items.iter().map(|item| seen(document, &schema["items"], item, who)).collect(),
        Value::Object(members) => {
            let owner = members.get("customer").and_then(Value::as_str);
            let shown = members.iter().filter_map(|(name, value)| {
                let property = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
                // What the document does not know is never shown.
                if property.is_null() {
                    return None;
                }
                let granted = property["x-palisade-visible"].as_str().map(|demand| satisfies(demand, who, owner));
                let masked = property["x-palisade-mask"]["last"].as_u64();
                match (granted, masked) {
                    (Some(false), None) => None,
                    (Some(false) | None, Some(last)) => Some((name.clone(), mask(value, last))),
                    (Some(true), _) | (None, None) => Some((name.clone(), seen(document, property, value, who))),
                }
            });
            Value::Object(shown.collect::<Map<_, _>>())
        }
        scalar => scalar.clone(),
    }
}

fn mask(value: &Value, last: u64) -> Value {
    let text: Vec<char> = value.as_str().unwrap().chars().collect();
    let hidden = if last < text.len() as u64 { text.len() - usize::try_from(last).unwrap() } else { text.len() };
    text.iter().enumerate().map(|(at, character)| if at < hidden { '*' } else { *character }).collect::<String>().into()
}

/// The schema that says something of this value.
pub(crate) fn resolve<'a>(document: &'a Value, schema: &'a Value, value: &Value) -> &'a Value {
    if let Some(place) = schema["$ref"].as_str() {
        return resolve(document, document.pointer(place.trim_start_matches('#')).unwrap(), value);
    }
    let arms = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    let Some(arms) = arms else { return schema };
    let fits = |arm: &&Value| match arm["properties"]["by"].get("const") {
        Some(tag) => value.get("by") == Some(tag),
        None => arm["type"] != "null",
    };
    resolve(document, arms.iter().find(fits).unwrap(), value)
}

/// Everything, as only the program sees it.
fn whole() -> Value {
    serde_json::to_value(policy::order()).unwrap()
}

#[tokio::test]
async fn each_caller_sees_of_each_answer_what_the_document_says() {
    let world = World::start().await;
    let document = Orders::openapi(&Deployment::at("https://orders.example")).to_value();
    let mut asked = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            let success =
                answers.iter().find(|(status, answer)| status.starts_with('2') && !answer["content"].is_null());
            let Some((status, answer)) = success else { continue };
            let schema = &answer["content"]["application/json"]["schema"];
            let is_public = operation["x-public-reason"].is_string();
            // Who need not say who they are may do so all the same.
            let everybody = IDENTITIES.iter().map(Some).chain(is_public.then_some(None));
            for who in everybody {
                let (found, body) = world.ask(&method.to_uppercase(), path, who, None).await;
                assert_eq!(found.to_string(), *status, "{method} {path} {who:?} {body}");
                assert_eq!(body, seen(&document, schema, &whole(), who), "{method} {path} {who:?}");
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 3 * IDENTITIES.len() + 1);
}

/// What some of them see, written by hand: the table above must not be empty.
#[tokio::test]
async fn what_some_callers_see_is_this() {
    let world = World::start().await;
    let (_, shown) = world.ask("GET", "/shown", None, None).await;
    let line = |sku| json!({ "sku": sku });
    let extras = json!({ "a/b": line(3), "c": line(4) });
    let related = |id, customer: &str| {
        json!({ "id": id, "customer": customer, "card": "************1111", "lines": [line(1), line(2)],
                "extras": extras, "payment": { "by": "Invoice", "days": 30 }, "related": [] })
    };
    assert_eq!(
        shown,
        json!({ "id": 1, "customer": "ada", "card": "************1111", "phone": "*******", "lines": [line(1), line(2)],
                "extras": extras, "payment": { "by": "Card" }, "related": [related(2, "bob"), related(3, "ada")] })
    );

    let rows = [
        (0, "/phone", json!("0301234")),
        (0, "/address", json!({ "street": "1 Main Street" })),
        (1, "/address/door_code", json!("4711")),
        (1, "/related/0/address", Value::Null),
        (1, "/related/1/address/door_code", json!("4711")),
        (1, "/totalCost", Value::Null),
        (2, "/totalCost", json!(9_900)),
        (2, "/lines/1/margin", json!(102)),
        (2, "/lines/1/supplier", Value::Null),
        (2, "/phone", json!("*******")),
        (4, "/internalNote", json!("difficult")),
        (5, "/extras/a~1b/supplier", json!(203)),
        (5, "/extras/a~1b/margin", Value::Null),
        (6, "/payment/token", json!(77)),
        (6, "/passwordHash", Value::Null),
        (6, "/card", json!(Masking::new().last(4).mask("4111111111111111"))),
    ];
    for (at, pointer, expected) in rows {
        let (status, body) = world.ask("GET", "/order", Some(&IDENTITIES[at]), None).await;
        assert_eq!(status, 200);
        assert_eq!(body.pointer(pointer).cloned().unwrap_or_default(), expected, "{:?} {pointer}", IDENTITIES[at]);
    }
}

#[test]
fn the_document_says_it() {
    let document = Orders::openapi(&Deployment::at("https://orders.example")).to_value();
    let order = &document["components"]["schemas"]["Order"];
    assert_eq!(order["properties"].get("passwordHash"), None);
    assert_eq!(order["required"], json!(["id", "customer", "card", "lines", "extras", "payment", "related"]));
    let total = &order["properties"]["totalCost"];
    assert_eq!(total["x-palisade-visible"], r#"scope("billing")"#);
    assert_eq!(total["description"], "To see it requires the scope `billing`.");
    assert_eq!(order["properties"]["address"]["x-palisade-visible"], r#"owner || role("admin")"#);
    let card = &order["properties"]["card"];
    assert_eq!((&card["x-palisade-mask"], &card["maxLength"]), (&json!({ "last": 4 }), &json!(19)));
    assert_eq!(card["description"], "Masked but for the last 4 characters.");
    let change = &document["components"]["schemas"]["Change"]["properties"]["discount"];
    assert_eq!(change["x-palisade-writable"], r#"role("support")"#);
    assert_eq!(change["description"], "To give it requires the role `support`.");
}

#[test]
fn what_is_shown_is_what_the_schema_says() {
    let document = Orders::openapi(&Deployment::at("https://orders.example")).to_value();
    let schema = json!({ "$ref": "#/components/schemas/Order" });
    let whole_schema = json!({ "$ref": schema["$ref"], "components": document["components"] });
    let validator = jsonschema::draft202012::new(&whole_schema).unwrap();
    for who in IDENTITIES.iter().map(Some).chain([None]) {
        let shown = seen(&document, &schema, &whole(), who);
        let errors: Vec<String> = validator.iter_errors(&shown).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{who:?} {errors:?}");
    }
}

/// Roles of another API, of which the first is called something else.
#[derive(Roles)]
enum Stranger {
    /// Somebody else.
    #[secure("stranger")]
    Stranger,
}

/// Reads an order of a shop that this API does not know.
#[secure(get = "/order", auth = "oauth2", rate = "600/min per caller")]
async fn borrow() -> Json<policy::Order> {
    Json(policy::order())
}

/// An API that shows a type of another.
#[secure(title = "Strange", version = "1.0.0", auth(oauth2), roles = Stranger, endpoints(borrow))]
struct Strange;

#[tokio::test]
#[should_panic(expected = "has a property that demands `billing`, which the API does not declare")]
async fn a_demand_of_another_api_keeps_the_gate_closed() {
    let _ = Stranger::Stranger;
    let issuer = palisade::testing::TestIssuer::new("https://id.shop.example");
    let gate = Gate::builder().bearer(issuer.tokens("a")).limiter(Limiter::memory()).audit(Audit::none("a test"));
    let _: axum::Router = Strange::router(gate.build().await.unwrap());
}
