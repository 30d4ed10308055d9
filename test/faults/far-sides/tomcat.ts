/** Tomcat, as in Jira itself: Java's TLS, which tells every refusal of a certificate with the same alert. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jiraAnswer, jiraAnswers } from './jira-answers.ts';
import type { Product, Site } from './site.ts';
import { freePorts, installed, runTool, ServerFolder, startProcess } from './server-process.ts';

const home = '/usr/share/tomcat10';
/** Jira again, below a path for which Tomcat asks for a certificate once the request is there. */
const signedInPath = '/signed-in';
const suites: Readonly<Record<Site['suites'], string>> = {
  usual:
    'TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  dhe: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  outdated:
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA',
};

export const tomcat: Product = {
  name: 'Tomcat',
  program: () => (installed(`${home}/bin/bootstrap.jar`) === null ? null : installed('/usr/bin/java')),
  unable: ({ staple }) => (staple === null ? null : 'Java fetches what it staples by itself and takes no file'),
  start: async (sites) => {
    // Signature algorithms are those of a whole virtual machine: what differs in them has one of its own.
    const machines = await Promise.all(
      (['any', 'ecdsa'] as const).map(async (signatures) => {
        const own = sites.filter(({ clientSignatures }) => clientSignatures === signatures);
        return own.length === 0 ? null : startMachine(own, signatures);
      }),
    );
    return {
      farSideOf: (site) => ({
        port: machines.find((machine) => machine?.ports.has(site))?.ports.get(site) ?? 0,
        path: site.asks === 'renegotiation' ? signedInPath : '/jira',
      }),
      end: async () => {
        await Promise.all(machines.map((machine) => machine?.end()));
      },
    };
  },
};

async function startMachine(sites: readonly Site[], signatures: Site['clientSignatures']) {
  const folder = new ServerFolder('tomcat');
  const ports = await freePorts(sites.length);
  for (const name of ['conf', 'webapps/ROOT/WEB-INF', 'temp', 'logs', 'work'])
    mkdirSync(join(folder.path, name), { recursive: true });
  const stores = new Map<string, string>();
  const trustStore = (anchors: string): string => {
    const known = stores.get(anchors) ?? makeTrustStore(anchors, stores.size, folder);
    stores.set(anchors, known);
    return known;
  };
  const connectors = sites.map((site, index) => connector(site, index, ports[index] ?? 0, folder, trustStore));
  folder.write(
    'conf/server.xml',
    `<Server port="-1"><Service name="Catalina">
${connectors.join('\n')}
<Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps" autoDeploy="false">
<Valve className="org.apache.catalina.valves.rewrite.RewriteValve"/>
</Host></Engine></Service></Server>
`,
  );
  mkdirSync(join(folder.path, 'conf/Catalina/localhost'), { recursive: true });
  folder.write(
    'conf/Catalina/localhost/rewrite.config',
    'RewriteRule ^(/(?:jira|signed-in)/.*[a-zA-Z])$ $1.json [L]\nRewriteRule ^/(jira|signed-in)/?$ /$1/home.html [L]\n',
  );
  writeApplication(folder);
  const schemes = signatures === 'any' ? [] : ['-Djdk.tls.server.SignatureSchemes=ecdsa_secp256r1_sha256'];
  const parameters = [...schemes, ...javaParameters(folder)];
  const running = await startProcess(tomcat.program() ?? '', parameters, folder, ports, 'Server startup in');
  return { ports: new Map(sites.map((site, index) => [site, ports[index] ?? 0])), end: running.end };
}

function connector(
  site: Site,
  index: number,
  port: number,
  folder: ServerFolder,
  trustStore: (anchors: string) => string,
): string {
  const certificates = folder.write(`${index}.pem`, site.identity.chainPem);
  const key = folder.write(`${index}.key`, site.identity.keyPem);
  const host: Record<string, string> = {
    protocols: site.version,
    ciphers: suites[site.suites],
    certificateVerification: site.asks === 'required' ? 'required' : 'none',
  };
  if (site.asks !== 'never') {
    host.truststoreFile = trustStore(site.clientAnchors);
    host.truststorePassword = 'changeit';
    host.truststoreType = 'PKCS12';
  }
  if (site.clientRevocation !== null)
    host.certificateRevocationListFile = folder.write(`${index}.crl.pem`, site.clientRevocation);
  const attributes = Object.entries(host)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
  return `<Connector port="${port}" address="127.0.0.1" protocol="org.apache.coyote.http11.Http11NioProtocol" SSLEnabled="true"
 scheme="https" secure="true" maxThreads="8" minSpareThreads="1"
 sslImplementationName="org.apache.tomcat.util.net.jsse.JSSEImplementation">
<SSLHostConfig ${attributes}><Certificate certificateFile="${certificates}" certificateKeyFile="${key}"/></SSLHostConfig></Connector>`;
}

/** Only Java's own tool marks a certificate as trusted in the way that Java reads. */
function makeTrustStore(anchors: string, index: number, folder: ServerFolder): string {
  const file = join(folder.path, `trust${index}.p12`);
  const certificate = folder.write(`trust${index}.pem`, anchors);
  const store = ['-keystore', file, '-storetype', 'PKCS12', '-storepass', 'changeit'];
  runTool('/usr/bin/keytool', ['-importcert', '-noprompt', '-alias', 'anchor', '-file', certificate, ...store]);
  return file;
}

function writeApplication(folder: ServerFolder): void {
  const root = 'webapps/ROOT';
  for (const path of Object.keys(jiraAnswers)) {
    for (const own of [path, path.replace('/jira/', `${signedInPath}/`)]) {
      mkdirSync(join(folder.path, root, dirname(own)), { recursive: true });
      folder.write(`${root}${own}.json`, jiraAnswer(path).body);
    }
  }
  for (const path of ['/jira', signedInPath]) folder.write(`${root}${path}/home.html`, jiraAnswer('/jira').body);
  // CLIENT-CERT where the handshake asked for none makes Tomcat ask again.
  folder.write(
    `${root}/WEB-INF/web.xml`,
    `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
<security-constraint><web-resource-collection><web-resource-name>signed in</web-resource-name>
<url-pattern>${signedInPath}/*</url-pattern></web-resource-collection><auth-constraint><role-name>*</role-name></auth-constraint>
</security-constraint><login-config><auth-method>CLIENT-CERT</auth-method></login-config><security-role><role-name>*</role-name>
</security-role></web-app>`,
  );
  folder.write(
    'conf/web.xml',
    `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0"><servlet><servlet-name>default</servlet-name>
<servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class><load-on-startup>1</load-on-startup></servlet>
<servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
<mime-mapping><extension>json</extension><mime-type>application/json</mime-type></mime-mapping>
<mime-mapping><extension>html</extension><mime-type>text/html</mime-type></mime-mapping></web-app>`,
  );
}

function javaParameters(folder: ServerFolder): string[] {
  // Java's own list forbids what a faulty far side must show.
  const security = folder.write(
    'java.security',
    'jdk.tls.disabledAlgorithms=SSLv3\njdk.certpath.disabledAlgorithms=MD2\njdk.tls.legacyAlgorithms=\n',
  );
  return [
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    `-Djava.security.properties=${security}`,
    '-Djdk.tls.ephemeralDHKeySize=1024',
    `-Djava.io.tmpdir=${folder.path}/temp`,
    `-Dcatalina.home=${home}`,
    `-Dcatalina.base=${folder.path}`,
    '-classpath',
    `${home}/bin/bootstrap.jar:${home}/bin/tomcat-juli.jar`,
    'org.apache.catalina.startup.Bootstrap',
    'start',
  ];
}
