//! Stub for the first compile; replaced by the real module.
#![expect(missing_docs, reason = "stub")]
use crate::policy::{Api, Field, Rules};
use http::StatusCode;
use schemars::{JsonSchema, Schema};
pub struct Operation;
impl Operation {
    pub fn request_body<T>(&mut self) {}
    pub fn query_parameters<T>(&mut self) {}
    pub fn path_parameters<T>(&mut self) {}
    pub fn path_parameter<T: JsonSchema>(&mut self, _n: &'static str) {}
    pub fn answer<T>(&mut self, _s: StatusCode) {}
    pub fn empty_answer(&mut self, _s: StatusCode) {}
    pub fn created(&mut self) {}
}
pub struct Deployment;
pub struct Document;
impl Document {
    pub fn of(_a: &'static Api, _d: &Deployment) -> Self {
        Self
    }
}
pub fn with_facets(s: Schema, _f: &'static [Field]) -> Schema {
    s
}
pub fn with_newtype_facets(s: Schema, _r: &'static Rules) -> Schema {
    s
}
pub fn with_variant_facets(s: Schema, _f: &[(&'static str, &'static [Field])]) -> Schema {
    s
}
