using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What one <c>Aggregate(g => …)</c> keeps, as it grows call by call; what says the same is kept once.</summary>
/// <param name="compilation">The user's project.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class GroupKeeping(Compilation compilation, CancellationToken cancellation)
{
    private readonly List<KeptModel> _kept = [];
    private readonly Dictionary<string, ITypeSymbol> _types = new(StringComparer.Ordinal);

    /// <summary>Gets the types that were asked for, by the name that generated code has for them.</summary>
    public IReadOnlyDictionary<string, ITypeSymbol> Types => _types;

    public EquatableArray<KeptModel> Kept => new([.. _kept]);

    /// <summary>Gets why something cannot be kept; null if all can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Says why a call is not answered, and answers it by nothing.</summary>
    public AnswerModel? Refuse(string why)
    {
        Refusal ??= why;
        return null;
    }

    /// <summary>Returns the position of what a call needs to be kept.</summary>
    public int Keep(KeptModel kept)
    {
        var known = _kept.FindIndex(kept.IsSameAs);
        if (known >= 0)
        {
            return known;
        }

        _kept.Add(kept);
        return _kept.Count - 1;
    }

    /// <summary>Returns null for a type whose values cannot be kept: generated code cannot name it, or no codec can be written.</summary>
    public NamedTypeModel? TypeOf(ITypeSymbol type)
    {
        if (NamedTypeParser.Parse(type) is not { } named)
        {
            Refusal ??= $"it would keep a '{TypeNames.Label(type)}', which generated code cannot name";
            return null;
        }

        if (TypeParser.Parse(type, compilation, cancellation).Failure is { } failure)
        {
            Refusal ??= $"it would keep a '{TypeNames.Label(type)}', and '{failure.Type}' {failure.Reason}";
            return null;
        }

        _types[named.Name] = type;
        return named;
    }
}
