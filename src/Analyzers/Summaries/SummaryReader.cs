using Microsoft.CodeAnalysis;
using Weir.Analyzers.Determinism;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Summaries;

/// <summary>Finds which members of a compilation answer differently on replay, by its call graph.</summary>
/// <remarks>
/// The graph is made once, forwards from all members that are asked for. Then each rule goes back from where it is broken, a step at a
/// time, so that every member has the shortest path.
/// </remarks>
internal sealed class SummaryReader
{
    /// <summary>The attribute that holds the list.</summary>
    public const string Attribute = "Weir.NonDeterministicMembersAttribute";

    private readonly Project _project;
    private readonly HiddenState _state;
    private readonly VisibleMembers _visible;
    private readonly Dictionary<(CodeUnit, long), Node> _nodes = [];

    private SummaryReader(Compilation compilation, INamedTypeSymbol deterministic)
    {
        _project = new(compilation, deterministic);
        _state = new(_project);
        _visible = new(_project);
    }

    /// <summary>The reader of a compilation; null for one that knows nothing of Weir.</summary>
    public static SummaryReader? Of(Compilation compilation, CancellationToken cancellation)
    {
        if (compilation.GetTypeByMetadataName("Weir.DeterministicAttribute") is not { } deterministic
            || compilation.GetTypeByMetadataName(Attribute) is null)
        {
            return null;
        }

        var reader = new SummaryReader(compilation, deterministic);
        reader._project.Sources.Cancellation = cancellation;
        return reader;
    }

    /// <summary>What there is to say of all members that other projects can see, in the order of their ids.</summary>
    public IReadOnlyList<MemberFinding> All() => [.. Of(_visible.All())
        .OrderBy(static finding => finding.Member, StringComparer.Ordinal)
        .ThenBy(static finding => finding.Rule, StringComparer.Ordinal)];

    /// <summary>What there is to say of one member.</summary>
    public IReadOnlyList<MemberFinding> Of(ISymbol member, CancellationToken cancellation)
    {
        _project.Sources.Cancellation = cancellation;
        return _visible.UnitsOf(member) is { Length: > 0 } units ? [.. Of([(member, units)])] : [];
    }

    private IEnumerable<MemberFinding> Of(IEnumerable<(ISymbol Member, CodeUnit[] Units)> members)
    {
        var roots = members.Select(pair => (pair.Member, Nodes: pair.Units.Select(unit => Enter(unit, 0, null)).ToArray())).ToArray();
        foreach (var node in _nodes.Values.ToArray())
        {
            Follow(node);
        }

        Spread();
        foreach (var (member, nodes) in roots)
        {
            if (member.OriginalDefinition.GetDocumentationCommentId() is not { } id)
            {
                continue;
            }

            foreach (var rule in Rules.OfDeterminism)
            {
                var nearest = nodes.Where(node => node.Ways.ContainsKey(rule.Id)).OrderBy(node => node.Ways[rule.Id].Length)
                    .FirstOrDefault();
                if (nearest is not null)
                {
                    yield return new(id, rule.Id, nearest.PathOf(rule.Id));
                }
            }
        }
    }

    private Node Enter(CodeUnit unit, long shared, Node? from)
    {
        if (!_nodes.TryGetValue((unit, shared), out var node))
        {
            _nodes.Add((unit, shared), node = new(new(unit, shared, from?.Step)));
        }

        return node;
    }

    // Without recursion: libraries call deep.
    private void Follow(Node start)
    {
        var open = new Stack<Node>([start]);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (node.IsRead)
            {
                continue;
            }

            node.IsRead = true;
            var facts = _project.FactsOf(node.Step.Unit);
            var root = new OperatorRoot(node.Step.Unit, "", null, false);
            foreach (var offence in facts.Offences.Concat(_state.Of(facts, node.Step, root)))
            {
                if (!node.Ways.ContainsKey(offence.Rule.Id))
                {
                    node.Ways.Add(offence.Rule.Id, new(1, offence.Name, null));
                }
            }

            foreach (var call in facts.Calls)
            {
                var next = Enter(call.Target, OperatorCode.SharedOf(call, node.Step), node);
                next.Callers.Add(node);
                open.Push(next);
            }
        }
    }

    private void Spread()
    {
        foreach (var rule in Rules.OfDeterminism)
        {
            // All that have a way already: since they were asked for, others may have been found to call them.
            var open = new Queue<Node>(_nodes.Values.Where(node => node.Ways.ContainsKey(rule.Id))
                .OrderBy(node => node.Ways[rule.Id].Length));
            while (open.Count > 0)
            {
                var node = open.Dequeue();
                foreach (var caller in node.Callers.Where(caller => !caller.Ways.ContainsKey(rule.Id)))
                {
                    caller.Ways.Add(rule.Id, new(node.Ways[rule.Id].Length + 1, null, node));
                    open.Enqueue(caller);
                }
            }
        }
    }

    /// <summary>A unit of code, as it is called with what outlives the call.</summary>
    private sealed class Node(OperatorCode.Step step)
    {
        public OperatorCode.Step Step { get; } = step;

        public List<Node> Callers { get; } = [];

        public bool IsRead { get; set; }

        /// <summary>Gets the way to each rule that is broken behind it.</summary>
        public Dictionary<string, Way> Ways { get; } = new(StringComparer.Ordinal);

        public string PathOf(string rule)
        {
            var names = new List<string>();
            var node = this;
            while (node.Ways[rule] is { Next: { } next })
            {
                if (next.Step.Unit.Name is { } name && names.LastOrDefault() != name)
                {
                    names.Add(name);
                }

                node = next;
            }

            var last = node.Ways[rule].Last!;
            if (names.LastOrDefault() != last)
            {
                names.Add(last);
            }

            return string.Join(" → ", names);
        }
    }

    /// <summary>How a node comes to what breaks a rule.</summary>
    /// <param name="Length">How many steps.</param>
    /// <param name="Last">What breaks it, if the node itself does.</param>
    /// <param name="Next">The node that is called else.</param>
    private sealed record Way(int Length, string? Last, Node? Next);
}
