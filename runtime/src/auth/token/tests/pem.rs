//! Keys as OpenSSL writes them.

use super::*;
use crate::auth::{Algorithm, Key, KeyFault, Keys};

/// The public half of the RSA key that the test issuer signs with.
const RSA: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuMQbiIio7dUFSHYjHJVj
j/w3q36D3Gy7lWdCrw7M4EL1g2zdsJ47q+AUbPkgNs8xUZkZjEW/D+rdRF0Adcgr
u5vUjPLkxkR6HHiA5FdGpMcX6w9Dt3dhp5gejQ2sgr6uGcRKSJZl+mPs03M44n2b
wH3eqVaYK9Cx91TL2ltCv0Ku5WK6WMGzrvJvy9HKgmle2AgwVh+9SHTA2uGYjcQS
BrFGwP9YvDfrW8ocANyV+2VIoIgSdyzYg8jUAetjVT8LiFcBIMK23020nkwBLwJ3
WIttlXi8WrLCiAHTEPQT3u9/XHjgjNmvMEyusrsZ05SgiW1iqbCoclqCXioF8RQs
3wIDAQAB
-----END PUBLIC KEY-----
";

const P256: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE28yOBCANlZWUmsPv0guXaCrqG994
WamtMmiJau5qtlzJa3BXdW+JTjipQtGRdApA3KZwX9zAQPWCLrGBnn5wsA==
-----END PUBLIC KEY-----
";

const P384: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEvHotMgB1HQRwAgWrP+ivfFBRykH2zPR7
HF6FuDERjbTdccp2A6tRc6lZ1YQpagtE3TisMZcf/QBXywaGCCBtT+yxHt5uN8sm
5Fj5YE+ich4FANNZJg7tkz5QOsDNV9l2
-----END PUBLIC KEY-----
";

const P521: &str = "-----BEGIN PUBLIC KEY-----
MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBFVU7HXbwdXgNIEpPh4wxtC9ZW+NH
Nx8HlR9DIVwWoA1qdFzFXpIGcn3WfaPRHtGeqqXXXto53dpx2WcxYcDGplwA73IB
6Hjiss2Y9c7S4ver1nc23nXBbmIIjLQy4F/t05a3D6udeBSn6YV6uTpahc6kRg7H
jomoFOf++zn+LKT47WI=
-----END PUBLIC KEY-----
";

#[test]
fn an_rsa_key_from_a_pem_file_verifies_whatever_kid_the_token_names() {
    let id = issuer();
    let tokens = |key: Key| Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).keys(Keys::new([key]).unwrap());
    for algorithm in [Algorithm::Rs256, Algorithm::Rs512, Algorithm::Ps256] {
        let token = id.token().algorithm(algorithm).sign(NOW);
        let key = || Key::pem(algorithm, RSA).unwrap();
        assert_eq!(outcome(&token, &tokens(key())), Ok(()), "{algorithm}");
        assert_eq!(outcome(&token, &tokens(key().named("other"))), Err(TokenError::KeyUnknown), "{algorithm}");
    }
    let token = id.token().algorithm(Algorithm::Ps256).sign(NOW);
    let tokens = tokens(Key::pem(Algorithm::Rs256, RSA).unwrap());
    assert_eq!(outcome(&token, &tokens), Err(TokenError::AlgorithmMismatch));
}

#[test]
fn a_key_goes_with_the_algorithm_of_its_kind_only() {
    for (text, good) in [(RSA, Algorithm::Rs256), (P256, Algorithm::Es256), (P384, Algorithm::Es384)] {
        assert!(Key::pem(good, text).is_ok(), "{good}");
        for wrong in [Algorithm::Rs256, Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa, Algorithm::Hs256] {
            let expected = (wrong != good).then_some(KeyFault::AlgorithmDoesNotFit);
            assert_eq!(Key::pem(wrong, text).err(), expected, "{good} as {wrong}");
        }
    }
    assert_eq!(Key::pem(Algorithm::Es384, P521).err(), Some(KeyFault::UnknownAlgorithm));
}
