using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.State;

/// <summary>What a verb stores, under the names that its checkpoints have.</summary>
internal static class VerbStates
{
    private const string Seen = "state.seen";

    /// <summary>The verb that the ids of its stage name: windows that end in a process are one.</summary>
    public static string IdOf(VerbCall call) => call.ParameterType("process") is not null ? "Process" : call.Verb;

    /// <summary>Whether it stores anything by which its checkpoints are compared.</summary>
    public static bool Has(VerbCall call) => call.Verb is "From" or "WithEventTime" or "To" || call.Role is VerbRole.Fold or VerbRole.Keyed
        || IsDistinct(call);

    /// <summary>The states.</summary>
    public static IEnumerable<StateMemberModel> Of(VerbCall call, StateTypes types, CancellationToken cancellation)
    {
        var compilation = call.Model.Compilation;
        return call.Verb switch
        {
            "From" => Known(BoundaryStates.Split(TypeOf("source"), types, compilation, cancellation)),
            "To" => Known(BoundaryStates.Transaction(TypeOf("sink"), types, compilation, cancellation)),
            _ when IsDistinct(call) => [State("key", call.TypeArgument(0)), State(Seen, Special(SpecialType.System_Boolean))],
            _ when call.Role == VerbRole.Keyed => [State("key", call.TypeArgument(1)), .. OfKeyed(call, types, cancellation)],
            _ when call.Role == VerbRole.Fold => [State("key", call.TypeArgument(1)), .. OfFold(call, types, cancellation)],
            _ => [],
        };

        ITypeSymbol? TypeOf(string parameter) =>
            call.Argument(parameter) is { } given ? call.Model.GetTypeInfo(given, cancellation).Type : null;

        static IEnumerable<StateMemberModel> Known(StateMemberModel? state) => state is null ? [] : [state];

        StateMemberModel State(string name, ITypeSymbol type) => Named(name, types.Add(type));

        ITypeSymbol Special(SpecialType type) => compilation.GetSpecialType(type);
    }

    // The processes of the package, by the fields of theirs.
    private static IEnumerable<StateMemberModel> OfKeyed(VerbCall call, StateTypes types, CancellationToken cancellation)
    {
        var record = types.Add(call.TypeArgument(0));
        string Special(SpecialType type) => types.Add(call.Model.Compilation.GetSpecialType(type));
        return call.Verb switch
        {
            "Process" => KeyedStates.Of(call, types, cancellation),
            "Distinct" => [Named(Seen, $"map<{record}, {Special(SpecialType.System_Boolean)}>")],
            "DistinctBy" => [Named(Seen, $"map<{types.Add(call.TypeArgument(2))}, {Special(SpecialType.System_Boolean)}>")],
            "Deduplicate" => [Named("state.passed", $"list<{Special(SpecialType.System_Int64)}>")],
            "Lag" => [Named("state.before", $"list<{record}>")],
            "TopN" => [Named("state.top", $"list<{record}>")],
            _ => [],
        };
    }

    private static IEnumerable<StateMemberModel> OfFold(VerbCall call, StateTypes types, CancellationToken cancellation)
    {
        var custom = call.ParameterType("aggregate") as INamedTypeSymbol;
        var accumulator = call.Verb switch
        {
            "Process" or "TopN" => [AccumulatorStates.Records(call, types)],
            _ when custom is null && call.Verb != "Reduce" => AccumulatorStates.Of(call, types, cancellation),
            _ when !AccumulatorStates.AreFolded(call, canMerge: true, dependsOnOrder: false, cancellation) =>
                [AccumulatorStates.Records(call, types)],
            _ => [Named(AccumulatorStates.Name, types.Add(custom?.TypeArguments[1] ?? call.TypeArgument(0)))],
        };
        var result = call.Method is { Parameters: [{ Type.Name: StreamTypes.Retracting }, ..], ReturnType: INamedTypeSymbol changes }
            ? ((INamedTypeSymbol)changes.TypeArguments[0]).TypeArguments[0] : null;
        return accumulator
            .Concat(result is null ? [] : [Named("results", types.Add(result))])
            .Concat(call.ParameterType("process") is not null ? KeyedStates.Of(call, types, cancellation) : []);
    }

    private static bool IsDistinct(VerbCall call) => call.Verb == "Distinct" && !call.IsOfKeyed;

    private static StateMemberModel Named(string name, string type) => new() { Name = name, Type = type, FormerNames = default };
}
