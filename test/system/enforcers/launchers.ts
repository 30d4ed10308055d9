/** How each product is started by hand, with the kit's text and as little else as it needs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnforcerFacts, EnforcerKit } from '@sallyport/enforcer-kit';
import type { Identity } from '@sallyport/sandbox';
import type { ServerFolder } from '../../faults/far-sides/server-process.ts';

export type TestedProduct = 'nginx' | 'apache' | 'haproxy' | 'tomcat' | 'stunnel';

interface Place {
  readonly folder: ServerFolder;
  readonly facts: EnforcerFacts;
  readonly kit: EnforcerKit;
  readonly port: number;
}

interface Launcher {
  readonly needs: readonly string[];
  /** What stands in the file of the server's certificate: the kit's steps say it. */
  serverFile(server: Identity, kit: EnforcerKit): string;
  prepare(place: Place): { readonly program: string; readonly parameters: readonly string[] };
  /** The reload command, for a server that is no service. */
  reload(running: { readonly folder: string; readonly pid: number }): string;
}

const dhGroupOf = (kit: EnforcerKit): string => kit.files.find(({ path }) => path.endsWith('dh-group.pem'))?.text ?? '';
const tomcatHome = '/usr/share/tomcat10';
const apacheModules = '/usr/lib/apache2/modules';
const apacheModuleNames = ['mpm_event', 'authz_core', 'ssl', 'headers', 'proxy', 'proxy_http'];

const nginx: Launcher = {
  needs: ['/usr/sbin/nginx'],
  serverFile: ({ chainPem }) => chainPem,
  prepare: ({ folder }) => {
    const at = folder.path;
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${at}/${name};`,
    );
    const configuration = folder.write(
      'nginx.conf',
      `daemon off; worker_processes 1; pid ${at}/nginx.pid; error_log ${at}/error.log info;
events { worker_connections 64; }
http { access_log off; ${temporary.join(' ')} include ${at}/sallyport.conf; }
`,
    );
    return { program: '/usr/sbin/nginx', parameters: ['-c', configuration, '-p', at] };
  },
  reload: ({ folder, pid }) => `nginx -q -t -c ${folder}/nginx.conf -p ${folder} && kill -HUP ${pid}`,
};

const apache: Launcher = {
  needs: ['/usr/sbin/apache2'],
  serverFile: ({ chainPem }) => chainPem,
  prepare: ({ folder }) => {
    const at = folder.path;
    const configuration = folder.write(
      'httpd.conf',
      `ServerRoot ${at}
ServerName localhost
PidFile ${at}/httpd.pid
ErrorLog ${at}/error.log
DefaultRuntimeDir ${at}
LogLevel warn ssl:info
${apacheModuleNames.map((name) => `LoadModule ${name}_module ${apacheModules}/mod_${name}.so`).join('\n')}
User nobody
Group nogroup
StartServers 1
MinSpareThreads 4
ThreadsPerChild 16
ServerLimit 4
MaxRequestWorkers 64
Include ${at}/sallyport.conf
`,
    );
    return { program: '/usr/sbin/apache2', parameters: ['-d', at, '-f', configuration, '-DFOREGROUND'] };
  },
  reload: ({ folder, pid }) => `apache2 -t -d ${folder} -f ${folder}/httpd.conf && kill -USR1 ${pid}`,
};

const haproxy: Launcher = {
  needs: ['/usr/sbin/haproxy'],
  serverFile: ({ chainPem, keyPem }, kit) => chainPem + keyPem + dhGroupOf(kit),
  prepare: ({ folder }) => {
    const base = folder.write(
      'haproxy.cfg',
      'global\n  maxconn 256\n  log stdout format raw local0\ndefaults\n  log global\n  option httplog\n',
    );
    const parameters = ['-W', '-db', '-f', base, '-f', join(folder.path, 'sallyport.cfg')];
    return { program: '/usr/sbin/haproxy', parameters };
  },
  reload: ({ folder, pid }) => `haproxy -c -q -f ${folder}/haproxy.cfg -f ${folder}/sallyport.cfg && kill -USR2 ${pid}`,
};

const stunnel: Launcher = {
  needs: ['/usr/bin/stunnel4'],
  serverFile: ({ chainPem }, kit) => chainPem + dhGroupOf(kit),
  prepare: ({ folder }) => {
    const file = join(folder.path, 'sallyport.conf');
    const text = readFileSync(file, 'utf8')
      .replace(/^pid = .*$/m, 'pid =')
      .replace('syslog = yes', 'syslog = no');
    writeFileSync(file, `foreground = yes\n${text}`);
    return { program: '/usr/bin/stunnel4', parameters: [file] };
  },
  reload: ({ pid }) => `kill -HUP ${pid}`,
};

const tomcat: Launcher = {
  needs: ['/usr/bin/java', '/usr/bin/keytool', `${tomcatHome}/bin/bootstrap.jar`],
  serverFile: ({ chainPem }) => chainPem,
  prepare: ({ folder, facts }) => {
    const at = folder.path;
    const kitFile = (name: string): string => readFileSync(join(at, name), 'utf8');
    for (const name of ['conf/Catalina/localhost', 'webapps/jira/rest/api/2/issue', 'temp', 'logs', 'work'])
      mkdirSync(join(at, name), { recursive: true });
    const root = folder.write('root.pem', facts.authorities.at(-1) ?? '');
    const store = ['-keystore', join(at, 'client-ca.p12'), '-storetype', 'PKCS12', '-storepass', 'changeit'];
    const { status, stdout } = spawnSync(
      'keytool',
      [
        '-J-XX:TieredStopAtLevel=1',
        '-importcert',
        '-noprompt',
        '-trustcacerts',
        '-alias',
        'sallyport-root',
        '-file',
        root,
        ...store,
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`keytool: ${stdout}`);
    folder.write('conf/Catalina/localhost/rewrite.config', kitFile('rewrite.config'));
    // A second instead of fifteen minutes: the listener is what is tested, not its patience.
    const listener = kitFile('tomcat-listener.xml').replace(/checkPeriod="\d+"/, 'checkPeriod="1"');
    folder.write(
      'conf/server.xml',
      `<Server port="-1" periodicEventDelay="1">${listener}<Service name="Catalina">${kitFile('tomcat-connector.xml')}
<Engine name="Catalina" defaultHost="localhost">
<Host name="localhost" appBase="webapps" autoDeploy="false">${kitFile('tomcat-valve.xml')}</Host></Engine></Service></Server>
`,
    );
    folder.write(
      'conf/web.xml',
      `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0"><servlet><servlet-name>default</servlet-name>
<servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet><servlet-mapping>
<servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping></web-app>
`,
    );
    for (const name of ['serverInfo', 'issue/ABC-1', 'field'])
      folder.write(`webapps/jira/rest/api/2/${name}`, '{"deploymentType":"Server"}');
    const options = kitFile('tomcat-java-options')
      .split('\n')
      .filter((line) => line !== '');
    return {
      program: '/usr/bin/java',
      parameters: [
        '-Xmx128m',
        '-XX:TieredStopAtLevel=1',
        '-XX:+UseSerialGC',
        ...options,
        `-Djava.io.tmpdir=${at}/temp`,
        `-Dcatalina.home=${tomcatHome}`,
        `-Dcatalina.base=${at}`,
        '-classpath',
        `${tomcatHome}/bin/bootstrap.jar:${tomcatHome}/bin/tomcat-juli.jar`,
        'org.apache.catalina.startup.Bootstrap',
        'start',
      ],
    };
  },
  // Its listener takes the new file up.
  reload: () => '',
};

export const launchers: Readonly<Record<TestedProduct, Launcher>> = { nginx, apache, haproxy, tomcat, stunnel };
