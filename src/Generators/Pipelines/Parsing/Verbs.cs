using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Says of each verb what it is: the one place that knows. Its types say it, but for a few names.</summary>
/// <remarks>
/// What takes or gives a stream is a verb. One that nothing else is known of makes a stage that is part of no loop. A test lists all verbs
/// with their roles.
/// </remarks>
internal static class Verbs
{
    // They give back the stream that they were given. Of any other verb a stage is expected behind it.
    private static readonly HashSet<string> Notes =
        new(StringComparer.Ordinal) { "Id", "IdleAfter", "AlignWith", "WithParallelism", "OnError" };

    // Records leave their subtask there.
    private static readonly HashSet<string> Exchanges =
        new(StringComparer.Ordinal) { "KeyBy", "GroupBy", "Rebalance", "Union", "Broadcast", "Partition", "WindowAll" };

    // They keep something.
    private static readonly HashSet<string> Storing = new(StringComparer.Ordinal)
    {
        "WithEventTime", "Aggregate", "Reduce", "Process", "Trigger", "Distinct", "DistinctBy", "Deduplicate", "TopN", "Lag",
        "WithParallelism",
    };

    // Of a keyed stream: each record goes to an operator, with its key.
    private static readonly HashSet<string> Keyed = new(StringComparer.Ordinal)
    {
        "Process", "Distinct", "DistinctBy", "Deduplicate", "TopN", "Lag",
    };

    private static readonly ConditionalWeakTable<IAssemblySymbol, HashSet<string>> Names = new();

    /// <summary>Whether the verb leaves records and stage as they are.</summary>
    public static bool IsNote(string name) => Notes.Contains(name);

    /// <summary>Whether records are sent to other subtasks by a verb of that name.</summary>
    public static bool IsExchange(string name) => Exchanges.Contains(name);

    /// <summary>
    /// Whether the stage of a verb takes in what the verb does. Two streams are marked before they are brought together, and a stream
    /// without a key is keyed before its records are told apart.
    /// </summary>
    public static bool IsDirect(IMethodSymbol method)
    {
        var receiver = method.IsStatic ? method.Parameters[0].Type.Name : null;
        return receiver != StreamTypes.Connected && !(receiver == "Stream" && method.Name is "Distinct" or "DistinctBy");
    }

    /// <summary>Whether a call of that name may be a verb: only then it is worth while to bind it.</summary>
    public static bool MayBe(string name, Compilation compilation) =>
        compilation.GetTypeByMetadataName("Weir.StreamVerbs") is { } verbs
        && Names.GetValue(verbs.ContainingAssembly, _ => NamesOf(verbs, compilation.GetTypeByMetadataName("Weir.Job"))).Contains(name);

    /// <summary>What a method is.</summary>
    public static VerbRole RoleOf(IMethodSymbol method)
    {
        var whole = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!IsOurs(whole) || !Gives(whole) || IsRefused(whole))
        {
            return VerbRole.None;
        }

        var receiver = whole.IsStatic ? whole.Parameters.FirstOrDefault()?.Type.Name : null;
        return whole.Name switch
        {
            var name when Notes.Contains(name) => VerbRole.Note,
            "Side" => VerbRole.Beside,
            "WithEventTime" => VerbRole.Time,
            "KeyBy" or "GroupBy" => VerbRole.Key,
            _ when StreamTypes.AreWindows(whole.ReturnType) => StreamTypes.AreWindows(whole.Parameters[0].Type)
                ? VerbRole.Windowing : VerbRole.Cut,
            _ when whole.ReturnType.Name == StreamTypes.Connected => VerbRole.Pairing,
            "Reduce" or "Aggregate" when receiver is StreamTypes.Windowed or StreamTypes.Retracting or StreamTypes.Keyed => VerbRole.Fold,
            "Process" or "TopN" when receiver == StreamTypes.Windowed => VerbRole.Fold,
            var name when receiver == StreamTypes.Keyed && Keyed.Contains(name) => VerbRole.Keyed,
            "Split" when StreamTypes.IsStream(whole.ReturnType) => VerbRole.Split,
            "Flatten" => VerbRole.Record,
            var name when RecordVerb.Of(name) is not null && receiver == "Stream" => VerbRole.Record,
            _ => VerbRole.Boundary,
        };
    }

    /// <summary>Whether a verb of that name keeps something of records, or sends them away: what it is made of needs codecs.</summary>
    public static bool MayStore(string name) => IsExchange(name) || Storing.Contains(name);

    /// <summary>
    /// Whether a verb may store values of any of its type arguments: all but those whose loops alone say what is kept.
    /// </summary>
    public static bool StoresItsTypes(IMethodSymbol method) => RoleOf(method) switch
    {
        VerbRole.Boundary or VerbRole.Keyed or VerbRole.Split => true,
        VerbRole.Fold => method.Name is "Process" or "TopN"
            || (method.ReducedFrom ?? method).Parameters is [{ Type.Name: StreamTypes.Retracting }, ..]
            || method.Parameters.Any(static parameter => parameter.Name == "process"),
        _ => false,
    };

    /// <summary>Whether a verb may be given a class that keeps state of its own.</summary>
    public static bool TakesKeepers(IMethodSymbol method) =>
        method.Name is "Process" or "Trigger" or "Aggregate" or "WithEventTime" && RoleOf(method) != VerbRole.None;

    /// <summary>Whether a loop may be written for the stage of a verb.</summary>
    public static bool MayLoop(IMethodSymbol method) =>
        RoleOf(method) is VerbRole.Time or VerbRole.Key or VerbRole.Record or VerbRole.Fold or VerbRole.Keyed or VerbRole.Split;

    /// <summary>Whether a loop may be written for the stage of a verb of that name, for who does not know more of it.</summary>
    public static bool MayLoop(string name) =>
        name is "WithEventTime" or "KeyBy" or "GroupBy" or "Aggregate" or "Reduce" or "Flatten" or "Split" || Keyed.Contains(name)
            || RecordVerb.Of(name) is not null;

    private static HashSet<string> NamesOf(INamedTypeSymbol verbs, INamedTypeSymbol? job) => new(
        new[] { verbs, job }.OfType<INamedTypeSymbol>()
            .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(static method => RoleOf(method) != VerbRole.None)
            .Select(static method => method.Name),
        StringComparer.Ordinal);

    private static bool IsOurs(IMethodSymbol method) => method is
    {
        MethodKind: MethodKind.Ordinary,
        ContainingType:
        {
            Name: "StreamVerbs" or "Job", ContainingNamespace: { Name: "Weir", ContainingNamespace.IsGlobalNamespace: true },
        },
    };

    // A sink may answer with what it fills.
    private static bool Gives(IMethodSymbol method) => StreamTypes.IsStream(method.ReturnType)
        || (method.IsStatic && StreamTypes.IsStream(method.Parameters.FirstOrDefault()?.Type));

    // A verb that tells what to write instead: calls are errors of the compiler.
    private static bool IsRefused(IMethodSymbol method) => method.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: "ObsoleteAttribute", ConstructorArguments: [_, { Value: true }] });
}
