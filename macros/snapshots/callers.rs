#[derive(Callers)]
enum Buyer {
    Person(User<Claims>),
    Job(palisade::auth::Machine),
}
