// Lists namespaces through the official Java client: once, or for each line of the FIFO given, with a new client for
// the line "new".
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.Config;
import java.nio.file.Files;
import java.nio.file.Path;

class List {
  static boolean list(CoreV1Api api) {
    try {
      var names = api.listNamespace().execute().getItems().stream().map(item -> item.getMetadata().getName());
      System.out.println("ok " + String.join(",", names.toList()));
      return true;
    } catch (ApiException error) {
      System.out.println(("error " + error.getCode() + " " + error.getMessage()).replace("\n", " "));
      return false;
    }
  }

  static CoreV1Api connect() throws Exception {
    return new CoreV1Api(Config.defaultClient());
  }

  public static void main(String[] args) throws Exception {
    CoreV1Api api = connect();
    if (args.length == 0) {
      System.exit(list(api) ? 0 : 1);
    }
    try (var commands = Files.newBufferedReader(Path.of(args[0]))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        if (line.equals("new")) {
          api = connect();
        }
        list(api);
      }
    }
    System.exit(0);
  }
}
