#!/usr/bin/env bash
# central-publishing-maven-plugin 0.9.0: a deployment that -DaltDeploymentRepository directs into a folder uploads to
# the site all the same, and leaves the folder empty.
#
# A user may expect: "mvn deploy" with this property writes into that folder only, with whatever profile. It is the
# usual dry run of a release. At the least, a plug-in that does not know the property writes nothing that leaves the
# machine.
#
# Seen: as an extension the plug-in takes the deploy plug-in out of the build and publishes in its place. It does not
# read the property. The build succeeds, nothing is in the folder, and the bundle was sent to the site, with the
# credentials of the settings. No line of the log mentions the folder. A server on this machine stands for the site
# here. Without the plug-in the same command writes the folder and sends nothing. With its own property skipPublishing
# it sends nothing and writes no folder either.
#
# What follows: a dry run leaves out the profile with this plug-in, and runs without credentials. The upload waits to
# be published by hand if autoPublish is not set; if it is set, the site needs no person for that.
set -euo pipefail
readonly plugin=0.9.0
dir=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2> /dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"

# Stands for the site: notes the path of each request that has a body.
cat > Site.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

public class Site {
    public static void main(String[] args) throws Exception {
        HttpServer site = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        site.createContext("/", exchange -> {
            if (exchange.getRequestBody().readAllBytes().length > 0) {
                String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + "\n";
                Files.writeString(Path.of("requests"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            byte[] id = "28570f16-da32-4c14-bd2e-c1acc0782365".getBytes();
            exchange.sendResponseHeaders(201, id.length);
            exchange.getResponseBody().write(id);
            exchange.close();
        });
        site.start();
        Files.writeString(Path.of("port.new"), Integer.toString(site.getAddress().getPort()));
        Files.move(Path.of("port.new"), Path.of("port"), StandardCopyOption.ATOMIC_MOVE);
    }
}
JAVA
java Site.java > site.log 2>&1 &
server=$!
for ((i = 0; i < 300; i++)); do
  if [[ -f port ]]; then break; fi
  kill -0 "$server" 2> /dev/null || { cat site.log; exit 2; }
  sleep 0.2
done
[[ -f port ]] || { echo "no server within a minute"; exit 2; }

cat > settings.xml <<'XML'
<settings>
  <servers><server><id>central</id><username>user</username><password>password</password></server></servers>
</settings>
XML
cat > pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
  <build>
    <plugins>
      <plugin><artifactId>maven-install-plugin</artifactId><version>3.1.4</version></plugin>
      <plugin><artifactId>maven-deploy-plugin</artifactId><version>3.1.4</version></plugin>
    </plugins>
  </build>
  <profiles>
    <profile>
      <id>central</id>
      <build>
        <plugins>
          <plugin>
            <groupId>org.sonatype.central</groupId>
            <artifactId>central-publishing-maven-plugin</artifactId>
            <version>$plugin</version>
            <extensions>true</extensions>
            <configuration>
              <centralBaseUrl>http://127.0.0.1:$(cat port)</centralBaseUrl>
              <waitUntil>uploaded</waitUntil>
            </configuration>
          </plugin>
        </plugins>
      </build>
    </profile>
  </profiles>
</project>
POM

deploy() {
  local name=$1 result=succeeds
  shift
  rm -rf target dry requests
  touch requests
  mvn -B -gs settings.xml "$@" -Dmaven.install.skip "-DaltDeploymentRepository=dry::file:$dir/dry" deploy \
    > mvn.log 2>&1 || result=fails
  printf '%s: %s; poms in the folder: %d; in the log: %s; sent: %s\n' "$name" "$result" \
    "$(find . -path './dry/*.pom' | wc -l)" "$(grep -q "$dir/dry" mvn.log && echo yes || echo no)" \
    "$(sort -u requests | grep . || echo nothing)"
}
{
  deploy 'without the plug-in'
  deploy 'with the plug-in' -Pcentral
  deploy 'with the plug-in and skipPublishing' -Pcentral -DskipPublishing
} > seen
cat seen
diff seen - <<'SEEN'
without the plug-in: succeeds; poms in the folder: 1; in the log: yes; sent: nothing
with the plug-in: succeeds; poms in the folder: 0; in the log: no; sent: POST /api/v1/publisher/upload
with the plug-in and skipPublishing: succeeds; poms in the folder: 0; in the log: no; sent: nothing
SEEN
