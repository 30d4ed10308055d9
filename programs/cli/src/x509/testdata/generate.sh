#!/bin/sh
# Makes the files of this folder anew in the current directory (OpenSSL 3). Their dates are then those of today: the instants in run.test.ts must follow.
set -eu
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj "/CN=Root" -days 365
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout leaf.key -out leaf.csr -subj "/CN=jira.example.com"
printf 'subjectAltName=DNS:jira.example.com\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:FALSE\n' > ext
openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 90 -extfile ext -out leaf.pem
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=idx\ncrlnumber=num\ndefault_md=sha256\ndefault_crl_days=30\ncrl_extensions=ce\n[ce]\nauthorityKeyIdentifier=keyid\n' > ca.cnf
: > idx; echo 01 > num
openssl ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out good.crl
openssl ca -config ca.cnf -revoke leaf.pem -crl_reason keyCompromise -keyfile ca.key -cert ca.pem
openssl ocsp -index idx -rsigner ca.pem -rkey ca.key -CA ca.pem -issuer ca.pem -cert leaf.pem -respout revoked.ocsp -ndays 3
openssl ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out revoked.crl
awk -F'\t' 'BEGIN{OFS="\t"}{$1="V";$3="";print}' idx > idx2; mv idx2 idx
openssl ocsp -index idx -rsigner ca.pem -rkey ca.key -CA ca.pem -issuer ca.pem -cert leaf.pem -respout good.ocsp -ndays 3
openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certfile ca.pem -passout pass:geheim -out aes.p12
openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certfile ca.pem -passout pass:geheim -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1 -out triple-des.p12
openssl pkcs12 -export -legacy -nokeys -in leaf.pem -certfile ca.pem -passout pass:geheim -out rc2.p12
openssl crl2pkcs7 -certfile leaf.pem -certfile ca.pem -in good.crl -out bundle.p7
openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 90 -out version-one.pem
# A certificate with the extensions that public authorities write, signed by RSA-PSS; of no authority and for `show` alone.
openssl req -x509 -newkey rsa:2048 -nodes -keyout rich.key -out rich.pem -subj "/CN=jira.example.com" -days 90 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sha256 \
  -addext "subjectAltName=DNS:jira.example.com,IP:192.0.2.7" -addext "crlDistributionPoints=URI:http://crl.example.com/a.crl" \
  -addext "authorityInfoAccess=OCSP;URI:http://ocsp.example.com,caIssuers;URI:http://ca.example.com/a.cer" \
  -addext "certificatePolicies=2.23.140.1.2.1,1.3.6.1.4.1.99999.1" -addext "extendedKeyUsage=serverAuth,1.3.6.1.4.1.99999.2" \
  -addext "nameConstraints=permitted;DNS:example.com" -addext "1.3.6.1.4.1.99999.3=DER:0500"
# Bundles in BER: a signed file as a stream, in indefinite lengths with its text in pieces.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout signer.key -out signer.pem -subj "/CN=Signer" -days 90
head -c 9000 /dev/zero | tr '\0' 'a' > text
openssl smime -sign -stream -nodetach -binary -in text -signer signer.pem -inkey signer.key -certfile ca.pem -outform DER -out stream.p7
openssl smime -sign -indef -nodetach -binary -in text -signer signer.pem -inkey signer.key -certfile ca.pem -outform PEM -out stream.pem
