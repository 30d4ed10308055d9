/** The same chain validated by others: PKI.js in this process, Go's crypto/x509 where a toolchain is present. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webcrypto } from 'node:crypto';
import * as pkijs from 'pkijs';
import { writePem } from '@sallyport/x509';
import type { Chain, KeyName } from './chains.ts';
import { at } from './chains.ts';

export function pkijsValidation({ root, intermediate, endEntity }: Chain): () => Promise<void> {
  pkijs.setEngine(
    'node',
    new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto }) as unknown as pkijs.ICryptoEngine,
  );
  const read = (der: Uint8Array) => pkijs.Certificate.fromBER(Uint8Array.from(der).buffer);
  const trusted = read(root);
  return async () => {
    const engine = new pkijs.CertificateChainValidationEngine({
      trustedCerts: [trusted],
      certs: [read(intermediate), read(endEntity)],
      checkDate: new Date(at),
    });
    const answer = await engine.verify();
    if (!answer.result) throw new Error(`PKI.js refused the chain: ${answer.resultMessage}`);
  };
}

const program = `package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"sort"
	"time"
)

func der(file string) []byte {
	text, err := os.ReadFile(file)
	if err != nil { panic(err) }
	block, _ := pem.Decode(text)
	return block.Bytes
}

func main() {
	root, err := x509.ParseCertificate(der("root.pem"))
	if err != nil { panic(err) }
	roots := x509.NewCertPool()
	roots.AddCert(root)
	intDer, leafDer := der("intermediate.pem"), der("end-entity.pem")
	at, _ := time.Parse(time.RFC3339, "2026-06-15T12:00:00Z")
	rates := []float64{}
	for round := 0; round < 6; round++ {
		start := time.Now()
		count := 0
		for time.Since(start) < 300*time.Millisecond {
			for k := 0; k < 50; k++ {
				intermediate, err := x509.ParseCertificate(intDer)
				if err != nil { panic(err) }
				leaf, err := x509.ParseCertificate(leafDer)
				if err != nil { panic(err) }
				pool := x509.NewCertPool()
				pool.AddCert(intermediate)
				if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: pool, CurrentTime: at, DNSName: "jira.example.com", KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}); err != nil { panic(err) }
				count++
			}
		}
		if round > 0 { rates = append(rates, float64(count)/time.Since(start).Seconds()) }
	}
	sort.Float64s(rates)
	fmt.Printf("%.0f\\n", rates[len(rates)/2])
}
`;

/** Validations a second in one Go thread; null where there is no toolchain, or it cannot build. */
export function goValidations(chain: Chain, kind: KeyName): number | null {
  const folder = mkdtempSync(join(tmpdir(), `bench-go-${kind}-`));
  try {
    writeFileSync(join(folder, 'main.go'), program);
    writeFileSync(join(folder, 'go.mod'), 'module bench\n\ngo 1.19\n');
    for (const [name, der] of [
      ['root', chain.root],
      ['intermediate', chain.intermediate],
      ['end-entity', chain.endEntity],
    ] as const)
      writeFileSync(join(folder, `${name}.pem`), writePem('CERTIFICATE', der));
    const ran = spawnSync('go', ['run', '.'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GOMAXPROCS: '1' },
    });
    return ran.status === 0 ? Number(ran.stdout.trim()) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
