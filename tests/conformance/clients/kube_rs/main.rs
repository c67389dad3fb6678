// Lists namespaces through kube-rs: once, or for each line of the FIFO given, with a new client for the line "new".
use k8s_openapi::api::core::v1::Namespace;
use kube::api::{Api, ListParams};
use kube::{Client, ResourceExt};
use std::io::{BufRead, BufReader};

async fn connect() -> Result<Client, String> {
    Client::try_default().await.map_err(|error| format!("{error:?}"))
}

async fn list(client: Client) -> Result<String, String> {
    let namespaces = Api::<Namespace>::all(client)
        .list(&ListParams::default())
        .await
        .map_err(|error| format!("{error:?}"))?;
    let names: Vec<String> = namespaces.iter().map(|namespace| namespace.name_any()).collect();
    Ok(names.join(","))
}

fn show(outcome: &Result<String, String>) {
    match outcome {
        Ok(names) => println!("ok {names}"),
        Err(error) => println!("error {}", error.replace('\n', " ")),
    }
}

async fn run() -> Result<(), String> {
    let mut client = connect().await?;
    let Some(commands) = std::env::args().nth(1) else {
        let outcome = list(client).await;
        show(&outcome);
        return outcome.map(|_| ());
    };
    let commands = std::fs::File::open(commands).map_err(|error| error.to_string())?;
    for line in BufReader::new(commands).lines() {
        if line.is_ok_and(|text| text == "new") {
            client = connect().await?;
        }
        show(&list(client.clone()).await);
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if let Err(error) = run().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
