using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>One compilation as the rules of determinism see it. What was read of a unit is kept.</summary>
internal sealed class Project
{
    private readonly Dictionary<CodeUnit, Facts> _facts = [];

    public Project(Compilation compilation, INamedTypeSymbol deterministic)
    {
        Sources = new(compilation);
        Dispatch = new(Sources);
        Delegates = new(Sources, Dispatch);
        Bodies = new(Sources);
        Assignments = new(Sources);
        Promises = new(compilation, deterministic);
    }

    public Sources Sources { get; }

    public Dispatch Dispatch { get; }

    public DelegateSources Delegates { get; }

    public Bodies Bodies { get; }

    public Assignments Assignments { get; }

    public Promises Promises { get; }

    /// <summary>What a unit of code does, by itself.</summary>
    public Facts FactsOf(CodeUnit unit)
    {
        if (!_facts.TryGetValue(unit, out var facts))
        {
            Sources.Cancellation.ThrowIfCancellationRequested();
            _facts.Add(unit, facts = new UnitReader(this, unit).Read());
        }

        return facts;
    }
}
