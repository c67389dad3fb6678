// Lists namespaces through fabric8's client: once, or for each line of the FIFO given, with a new client for the line
// "new".
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

class List {
  static boolean list(KubernetesClient client) {
    try {
      System.out.println("ok " + client.namespaces().list().getItems().stream()
          .map(item -> item.getMetadata().getName()).collect(Collectors.joining(",")));
      return true;
    } catch (KubernetesClientException error) {
      System.out.println(("error " + error.getCode() + " " + error.getMessage()).replace("\n", " "));
      return false;
    }
  }

  public static void main(String[] args) throws Exception {
    KubernetesClient client = new KubernetesClientBuilder().build();
    if (args.length == 0) {
      System.exit(list(client) ? 0 : 1);
    }
    try (var commands = Files.newBufferedReader(Path.of(args[0]))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        if (line.equals("new")) {
          client = new KubernetesClientBuilder().build();
        }
        list(client);
      }
    }
    System.exit(0);
  }
}
