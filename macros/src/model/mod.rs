//! What is known between the passes: `Raw..` is as parsed, the rest is as checked.

mod api;
mod call;
mod callers;
mod case;
mod catalogue;
mod docs;
mod endpoint;
mod property;
mod request;
mod serde;
mod ty;

pub(crate) use self::{
    api::{Api, RawApi, RawUnit},
    call::{Argument, Call, Given},
    callers::{Callers, OneCaller, RawCallers},
    case::Case,
    catalogue::{Catalogue, Entry, RawCatalogue, RawEntry, Word},
    docs::Docs,
    endpoint::{
        Access, Endpoint, Exposure, Form, Handler, Method, Object, Open, RawEndpoint, RawHandler, RawItem, RawServer,
        Route,
    },
    property::{Leaving, Owner, Property, RawDemand, RawProperty},
    request::{Member, Origin, Part, RawOrigin, RawPart, RawRequest, Request, Stands},
    serde::{Names, Renames, Serde},
    ty::{
        Between, Content, Decoding, Direction, Entrance, Field, Place, Presence, RawBody, RawField, RawPlace, RawRule,
        RawType, RawVariant, Reach, Rule, Shape, Tagged, Ty, Unknown, Variant, Wire,
    },
};
