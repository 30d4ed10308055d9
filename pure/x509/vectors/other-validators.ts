/** What `openssl verify` and Go's crypto/x509 say about chains; null where they are not installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GeneratedChain } from '../generate/chain-generator.ts';
import { writePem } from '../src/index.ts';

/** Epoch seconds of the instant of all verdicts, 2026-06-15T12:00:00Z. */
const attime = '1781524800';

export interface Verdict {
  readonly accepted: boolean;
  readonly words: string;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function opensslVerdicts(chains: readonly GeneratedChain[], host: string): readonly Verdict[] | null {
  if (spawnSync('openssl', ['version']).status !== 0) return null;
  return inFolder((folder) =>
    chains.map(({ root, others, endEntity }) => {
      writeFileSync(join(folder, 'root.pem'), writePem('CERTIFICATE', root));
      writeFileSync(join(folder, 'others.pem'), others.map((der) => writePem('CERTIFICATE', der)).join(''));
      writeFileSync(join(folder, 'leaf.pem'), writePem('CERTIFICATE', endEntity));
      const args = [
        'verify',
        '-x509_strict',
        '-policy_check',
        '-purpose',
        'sslserver',
        '-verify_hostname',
        host,
        '-attime',
        attime,
        '-CAfile',
        'root.pem',
        '-no-CApath',
        '-no-CAstore',
        '-untrusted',
        'others.pem',
        'leaf.pem',
      ];
      const ran = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
      return {
        accepted: ran.status === 0,
        words: /error \d+ at .*?: *(.*)/.exec(ran.stderr)?.[1] ?? ran.stderr.split('\n')[0] ?? '',
      };
    }),
  );
}

const program = `package main

import (
	"bufio"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"time"
)

func judge(host string, fields []string) error {
	certificates := []*x509.Certificate{}
	for _, field := range fields {
		der, err := base64.StdEncoding.DecodeString(field)
		if err != nil { return err }
		certificate, err := x509.ParseCertificate(der)
		if err != nil { return err }
		certificates = append(certificates, certificate)
	}
	roots, others := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(certificates[1])
	for _, certificate := range certificates[2:] { others.AddCert(certificate) }
	_, err := certificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: time.Unix(${attime}, 0), DNSName: host, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	return err
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := lines.ReadString('\\n')
		if err != nil { return }
		if failure := judge(os.Args[1], strings.Fields(line)); failure != nil {
			fmt.Println("no", strings.ReplaceAll(failure.Error(), "\\n", " "))
		} else {
			fmt.Println("yes")
		}
	}
}
`;

export function goVerdicts(chains: readonly GeneratedChain[], host: string): readonly Verdict[] | null {
  if (spawnSync('go', ['version']).status !== 0) return null;
  return inFolder((folder) => {
    writeFileSync(join(folder, 'main.go'), program);
    writeFileSync(join(folder, 'go.mod'), 'module differential\n\ngo 1.19\n');
    const text = (der: Uint8Array): string => Buffer.from(der).toString('base64');
    const input = chains
      .map(({ root, others, endEntity }) => `${[endEntity, root, ...others].map(text).join(' ')}\n`)
      .join('');
    const ran = spawnSync('go', ['run', '.', host], {
      cwd: folder,
      encoding: 'utf8',
      input,
      maxBuffer: 256 * 1024 * 1024,
    });
    if (ran.status !== 0) return null;
    return ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => ({ accepted: line === 'yes', words: line.replace(/^no /, '') }));
  });
}
