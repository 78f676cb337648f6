//! Whose an order is, and who else may see it.

use palisade::{
    Object,
    access::Decision,
    auth::{Caller, Outage},
    policy::Action,
};

use super::{Order, OrderId, Orders};
use crate::policy::Role;

impl Object for Order {
    type Id = OrderId;
    type Store = Orders;

    async fn load(id: OrderId, orders: &Orders) -> Result<Option<Self>, Outage> {
        orders.find(id).await
    }

    fn rule(&self, caller: &Caller, _action: Action) -> Decision {
        Decision::allow_if(self.owner == owner(caller) || caller.has_role(Role::Support))
    }
}

/// Under whose name the orders of a caller are kept. A subject means something only together with its issuer.
pub(super) fn owner(caller: &Caller) -> String {
    let (issuer, subject) = caller.principal();
    format!("{issuer} {subject}")
}
