/**
 * The policy graph of RFC 9618 §5, which gives the same answers as the tree of RFC 5280 §6.1 without growing exponentially: one level for each certificate, in
 * it one node for each policy, and edges up to the policies of the level above.
 */
import { anyPolicy } from '../extensions/certificate-policies.ts';
import type { PolicyMapping } from '../extensions/certificate-policies.ts';

interface PolicyNode {
  /** Policies of the level above that lead here; empty: anyPolicy of the level above. */
  readonly parents: Set<string>;
  /** Named by a mapping as an issuer's policy, so that it does not go on under its own name. */
  mapped: boolean;
}

/** Policies that hold after one certificate. */
interface Level {
  readonly nodes: Map<string, PolicyNode>;
  /** anyPolicy holds too. */
  any: boolean;
}

export class PolicyGraph {
  private readonly levels: Level[] = [];
  /** Expected policies for the next certificate. */
  private next: Level = { nodes: new Map(), any: true };

  /** RFC 5280 §6.1.3 (d), (e): the policies of the next certificate; null where it has none. */
  addCertificate(policies: readonly string[] | null, anyPolicyAllowed: boolean): void {
    const level = this.next;
    const own = new Set(policies ?? []);
    const anyBefore = level.any;
    if (!own.has(anyPolicy) || !anyPolicyAllowed) {
      for (const policy of level.nodes.keys()) if (!own.has(policy)) level.nodes.delete(policy);
      level.any = false;
    }
    if (anyBefore)
      for (const policy of own)
        if (policy !== anyPolicy && !level.nodes.has(policy))
          level.nodes.set(policy, { parents: new Set(), mapped: false });
    this.levels.push(level);
    this.next = passedOn(level);
  }

  /** RFC 5280 §6.1.4 (b): mappings of the certificate that was added last. */
  applyMappings(mappings: readonly PolicyMapping[], allowed: boolean): void {
    const level = this.levels[this.levels.length - 1];
    if (level === undefined) return;
    if (!allowed) {
      for (const { issuerDomain } of mappings) level.nodes.delete(issuerDomain);
      this.next = passedOn(level);
      return;
    }
    for (const { issuerDomain } of mappings) {
      const node = level.nodes.get(issuerDomain);
      if (node !== undefined) node.mapped = true;
      else if (level.any) level.nodes.set(issuerDomain, { parents: new Set(), mapped: true });
    }
    this.next = passedOn(level);
    for (const { issuerDomain, subjectDomain } of mappings) {
      if (level.nodes.has(issuerDomain)) addParent(this.next, subjectDomain, issuerDomain);
    }
  }

  /** No policy holds any more. */
  get isEmpty(): boolean {
    const last = this.levels[this.levels.length - 1];
    return last !== undefined && !last.any && last.nodes.size === 0;
  }

  /**
   * RFC 5280 §6.1.5 (g), RFC 9618 §5.4: policies, in the domain of the anchor, for which the path is valid. `2.5.29.32.0` stands for all.
   * @param wanted the initial policy set
   */
  validPolicies(wanted: readonly string[]): readonly string[] {
    const authority = this.authorityPolicies();
    if (wanted.includes(anyPolicy)) return [...authority];
    return wanted.filter((policy) => authority.has(policy) || authority.has(anyPolicy));
  }

  /** Policies that have no parent but anyPolicy, and that lead down to the last level. */
  private authorityPolicies(): ReadonlySet<string> {
    const found = new Set<string>();
    const last = this.levels[this.levels.length - 1];
    if (last === undefined) return found;
    if (last.any) found.add(anyPolicy);
    let leading: ReadonlySet<string> = new Set(last.nodes.keys());
    for (let index = this.levels.length - 1; index >= 0; index--) {
      const above = new Set<string>();
      for (const policy of leading) {
        const node = this.levels[index]?.nodes.get(policy);
        if (node === undefined) continue;
        if (node.parents.size === 0) found.add(policy);
        for (const parent of node.parents) above.add(parent);
      }
      leading = above;
    }
    return found;
  }
}

/** What a level expects of the next certificate: its policies that were not mapped, and anyPolicy if it holds. */
function passedOn(level: Level): Level {
  const next: Level = { nodes: new Map(), any: level.any };
  for (const [policy, node] of level.nodes) if (!node.mapped) addParent(next, policy, policy);
  return next;
}

function addParent(level: Level, policy: string, parent: string): void {
  const node = level.nodes.get(policy);
  if (node === undefined) level.nodes.set(policy, { parents: new Set([parent]), mapped: false });
  else node.parents.add(parent);
}
