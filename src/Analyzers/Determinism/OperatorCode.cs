using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>Follows operator code through the project and gathers what in it answers differently on replay.</summary>
internal sealed class OperatorCode
{
    private readonly Project _project;
    private readonly HiddenState _state;
    private readonly Dictionary<(string Rule, SyntaxTree? Tree, int Start, int End), Found> _found = [];

    public OperatorCode(Project project, HiddenState state)
    {
        _project = project;
        _state = state;
    }

    /// <summary>Follows what begins in a file.</summary>
    public void Follow(OperatorRoots roots, SyntaxTree tree)
    {
        foreach (var root in roots.Of(tree, OfLibrary))
        {
            Follow(root);
        }
    }

    /// <summary>What was found in a file, but for what somebody else has found there; and what leads from it elsewhere.</summary>
    public IEnumerable<Diagnostic> In(SyntaxTree tree, OperatorCode? known)
    {
        var remarked = new HashSet<(SyntaxNode, string)>();
        return _found
            .Where(found => known is null || !known._found.ContainsKey(found.Key))
            .SelectMany(found => found.Value.Diagnostics(remarked))
            .Where(diagnostic => diagnostic.Location.SourceTree == tree);
    }

    // A member of a library that a verb is given as it is, or that hands out what it is given.
    private void OfLibrary(ISymbol member, IOperation given, string start)
    {
        var name = $"{member.ContainingType.Name}.{member.Name.Substring(member.Name.LastIndexOf('.') + 1)}";
        var use = new MemberUse(member, given);
        if (given is IMethodReferenceOperation
            && (Family.Find(use) ?? Catalogue.Shipped.Find(use) ?? _project.Promises.Find(member)) is { } found)
        {
            Add(new(found.Rule, given.Syntax.GetLocation(), name, found.Cure), [start, name], null);
        }

        foreach (var finding in _project.Promises.Summarized(member, _project.Sources.Cancellation))
        {
            Add(new(finding.Rule, given.Syntax.GetLocation(), name, Catalogue.Cure(finding.Rule)), [start, name, finding.Path], null);
        }
    }

    private void Follow(OperatorRoot root)
    {
        var steps = new Queue<Step>();
        var seen = new HashSet<(CodeUnit, long)>();
        steps.Enqueue(new(root.Unit, root.IsContract ? 0 : 1, null));
        seen.Add((root.Unit, steps.Peek().Shared));
        if (!root.IsContract && IsAsynchronous(root.Unit) is { } at)
        {
            Add(new(Rules.Concurrency, at, "async", ConcurrencyFamily.AsyncCure), [root.Start, root.Unit.Name ?? "async"], root.Place);
        }

        while (steps.Count > 0)
        {
            var step = steps.Dequeue();
            var facts = _project.FactsOf(step.Unit);
            foreach (var offence in facts.Offences)
            {
                Add(offence, Path(root, step, offence.Name), root.Place);
            }

            foreach (var offence in _state.Of(facts, step, root))
            {
                Add(offence, Path(root, step, offence.Name), root.Place);
            }

            foreach (var call in facts.Calls)
            {
                var next = new Step(call.Target, SharedOf(call, step), step);
                if (seen.Add((next.Unit, next.Shared)))
                {
                    steps.Enqueue(next);
                }
            }
        }
    }

    /// <summary>Which of this and the parameters outlive a call, a bit each.</summary>
    public static long SharedOf(CallEdge call, Step step)
    {
        var shared = HiddenState.IsShared(call.Receiver, step) ? 1L : 0L;
        for (var index = 0; index < call.Arguments.Count && index < 62; index++)
        {
            if (HiddenState.IsShared(call.Arguments[index], step))
            {
                shared |= 2L << index;
            }
        }

        return shared;
    }

    private static Location? IsAsynchronous(CodeUnit unit) =>
        unit.Symbol is IMethodSymbol { IsAsync: true } method ? method.Locations.FirstOrDefault()
        : unit.Lambda is AnonymousFunctionExpressionSyntax { AsyncKeyword: { RawKind: not 0 } keyword } ? keyword.GetLocation()
        : null;

    private static string[] Path(OperatorRoot root, Step step, string last)
    {
        var names = new List<string> { last };
        for (var current = step; current is not null; current = current.From)
        {
            if (current.Unit.Name is { } name && name != names[0])
            {
                names.Insert(0, name);
            }
        }

        if (names[0] != root.Start)
        {
            names.Insert(0, root.Start);
        }

        return [.. names];
    }

    private void Add(Offence offence, string[] path, SyntaxNode? place)
    {
        var span = offence.At.SourceSpan;
        var key = (offence.Rule.Id, offence.At.SourceTree, span.Start, span.End);
        if (!_found.TryGetValue(key, out var found))
        {
            _found.Add(key, found = new(offence, path));
        }

        if (place is not null && found.Places.All(known => known.Place != place))
        {
            found.Places.Add((place, path));
        }
    }

    /// <summary>A step of the way from a root to what is read.</summary>
    /// <param name="Unit">The code.</param>
    /// <param name="Shared">Whether its object, and each of its arguments, outlives the call.</param>
    /// <param name="From">The step before; null for the root.</param>
    internal sealed record Step(CodeUnit Unit, long Shared, Step? From);

    private sealed class Found(Offence offence, string[] path)
    {
        public Offence Offence { get; } = offence;

        public List<(SyntaxNode Place, string[] Path)> Places { get; } = [];

        /// <summary>The report where the offence stands, and a remark at each place that leads there from elsewhere.</summary>
        /// <param name="remarked">The places that have one of a rule: one of each is enough.</param>
        public IEnumerable<Diagnostic> Diagnostics(HashSet<(SyntaxNode Place, string Rule)> remarked)
        {
            var places = Places.Select(static known => known.Place.GetLocation()).ToArray();
            yield return Diagnostic.Create(Offence.Rule, Offence.At, places, string.Join(" → ", path), Offence.Cure);
            foreach (var (place, way) in Places.Where(known => !Holds(known.Place) && remarked.Add((known.Place, Offence.Rule.Id))))
            {
                yield return Diagnostic.Create(
                    Offence.Rule,
                    place.GetLocation(),
                    DiagnosticSeverity.Info,
                    [Offence.At],
                    properties: null,
                    string.Join(" → ", way),
                    Offence.Cure);
            }
        }

        // Where the function stands in the pipeline, one report is enough.
        private bool Holds(SyntaxNode place) =>
            place.SyntaxTree == Offence.At.SourceTree && place.GetLocation().GetLineSpan() is var lines
            && lines.StartLinePosition.Line <= Offence.At.GetLineSpan().StartLinePosition.Line
            && Offence.At.GetLineSpan().EndLinePosition.Line <= lines.EndLinePosition.Line;
    }
}
