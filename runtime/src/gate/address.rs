//! stub
use std::net::IpAddr;
/// stub
#[derive(Debug)]
pub struct TrustedProxies;
impl TrustedProxies {
    /// stub
    pub fn none() -> Self { Self }
    /// stub
    pub fn resolve(&self, peer: IpAddr, _h: &http::HeaderMap) -> IpAddr { peer }
}
pub(super) fn bucket(_a: IpAddr) -> [u8; 17] { [0; 17] }
