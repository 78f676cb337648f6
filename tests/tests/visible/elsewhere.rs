//! A property that demands what another API declares: the gate does not open, wherever the type enters or leaves.

use palisade::{
    gate::StartError,
    input::{Cookies, Ndjson},
    prelude::*,
    respond::{Csv, Lines},
};
use serde::{Deserialize, Serialize};

#[derive(Scopes)]
enum Elsewhere {
    #[secure("elsewhere")]
    Read,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Taken {
    #[secure(writable(scope = Elsewhere::Read))]
    count: Option<u8>,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Given {
    #[secure(visible(scope = Elsewhere::Read))]
    count: u8,
}

/// What the user's own code decodes.
#[derive(Deserialize, Serialize, Secure)]
#[serde(deny_unknown_fields, try_from = "u8")]
#[secure(input, output)]
struct Made {
    #[secure(visible(scope = Elsewhere::Read))]
    count: u8,
}

impl From<u8> for Made {
    fn from(count: u8) -> Self {
        Self { count }
    }
}

macro_rules! refuses {
    ($($input:ty => $output:ty);+ $(;)?) => {
        $({
            #[secure(post = "/passed", public = "a test", rate = "60/min per ip")]
            async fn passed(_taken: $input) -> $output {
                unimplemented!("no request comes here")
            }

            #[secure(title = "Here", version = "1.0.0", endpoints(passed))]
            struct Here;

            let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
            let refused = gate.build::<Here>().await.map(|_| ()).map_err(|error: StartError| error.to_string());
            let text = refused.expect_err(stringify!($input => $output));
            assert!(text.contains("demands `elsewhere`, which the API does not declare"), "{text}");
        })+
    };
}

#[tokio::test]
async fn no_gate_opens_over_a_demand_of_another_api() {
    refuses! {
        Json<Taken> => NoContent;
        Form<Taken> => NoContent;
        Query<Taken> => NoContent;
        Headers<Taken> => NoContent;
        Cookies<Taken> => NoContent;
        Ndjson<Taken, 3> => NoContent;
        State<()> => Json<Given>;
        State<()> => Lines<Given>;
        State<()> => Csv<Given>;
        State<()> => Json<Made>;
    }
}
