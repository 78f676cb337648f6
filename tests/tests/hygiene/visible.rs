//! Endpoints and types of every visibility, listed by path from a module beside them.

/// Types and handlers.
pub mod orders {
    use palisade::prelude::*;

    #[derive(serde::Serialize, serde::Deserialize, Secure)]
    #[secure(input, output)]
    #[serde(deny_unknown_fields)]
    pub(in crate::visible) struct Order {
        pub(crate) quantity: u8,
        pub(in crate::visible) price: u8,
        pub(super) weight: u8,
        secret: u8,
    }

    /// For everybody.
    #[secure(get = "/a", public = "a shelf")]
    pub async fn everywhere() -> NoContent {
        NoContent
    }

    #[secure(get = "/b", public = "a shelf")]
    pub(crate) async fn in_the_crate() -> NoContent {
        NoContent
    }

    #[secure(get = "/c", public = "a shelf")]
    pub(super) async fn beside() -> Json<Order> {
        Json(Order { quantity: 1, price: 1, weight: 1, secret: 1 })
    }

    pub(in crate::visible) mod deep {
        use palisade::prelude::*;

        #[secure(post = "/d", public = "a shelf")]
        pub(in crate::visible) async fn down(Json(order): Json<super::Order>) -> Json<super::Order> {
            Json(order)
        }
    }
}

mod api {
    use palisade::prelude::*;

    use super::orders::{self, everywhere as renamed};

    #[secure(get = "/e", public = "a shelf")]
    async fn private() -> NoContent {
        NoContent
    }

    /// Orders.
    #[secure(
        title = "Orders",
        version = "1.0.0",
        default(rate = "1/s per ip"),
        endpoints(
            renamed,
            orders::in_the_crate,
            super::orders::beside,
            crate::visible::orders::deep::down,
            self::private,
        )
    )]
    pub(super) struct Orders;
}

#[test]
fn endpoints_are_listed_by_path() {
    let endpoints = <api::Orders as palisade::Api>::POLICY.declared_endpoints();
    let ids: Vec<_> = endpoints.iter().map(|endpoint| endpoint.id()).collect();
    assert_eq!(ids, ["everywhere", "in_the_crate", "beside", "down", "private"]);
}
