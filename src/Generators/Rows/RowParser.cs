using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>A call that names the type of its rows in, the model of these rows out.</summary>
internal static class RowParser
{
    /// <summary>What reading a call or a name comes to; nothing if it is none of ours. Rows that we fail on cost their own format
    /// alone.</summary>
    public static IEnumerable<FoundRowModel> Find(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        var found = new List<FoundRowModel>();
        var name = RowCalls.NameOf(node);
        try
        {
            Faults.At($"the rows of '{name}'");
            found.AddRange(RowCalls.DemandsOf(node, semantics, cancellation).Select(demand => new FoundRowModel
            {
                Row = Parse(demand.Type, demand.Kind, semantics.Compilation, cancellation),
                Bug = null,
            }));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            const string Consequence = "its rows can be neither read nor written";
            found.Add(new FoundRowModel { Row = null, Bug = GeneratorBugModel.OfType(failure, name.ToString(), Consequence, name) });
        }

        return found;
    }

    /// <summary>The rows of a type. The generator skips a failure in silence; the analyzer reports it.</summary>
    public static RowModel Parse(ITypeSymbol type, RowKind kind, Compilation compilation, CancellationToken cancellation)
    {
        var closure = TypeParser.Parse(type, compilation, cancellation, TypeUse.Rows);
        var failure = closure.Failure ?? kind switch
        {
            RowKind.Csv => NotCsv(closure),
            RowKind.Columns => NotColumns(closure),
            _ => NotJson(closure),
        } ?? NotRows(closure);
        TypeModel[] types = failure is not null ? [] : kind == RowKind.Json ? [.. closure.Types] : [closure.RootType!];
        return new RowModel { Kind = kind, Root = closure.Root, Types = new(types), Failure = failure };
    }

    private static TypeFailureModel? NotColumns(TypeClosureModel closure)
    {
        if (closure.RootType is not ObjectTypeModel { Members.Count: > 0 } root)
        {
            return Failure(
                TypeNames.Label(closure.Root), closure.Root, "has no columns: rows of a table need a type with members, or columns => …");
        }

        var member = root.Members.FirstOrDefault(member => !IsColumn(member.Type, closure));
        return member is null
            ? null
            : Failure($"{root.Label}.{member.Name}", member.Type, "does not fit a column: say by columns => … what is written");
    }

    // Single values, and arrays and lists of such. What can only be enumerated is nothing that drivers know how to send.
    private static bool IsColumn(TypeRefModel type, TypeClosureModel closure) => type.Scalar != ScalarKind.None || type.IsEnum
        || (closure.Types.FirstOrDefault(other => other.Name == type.Name) is SequenceTypeModel { Item.Scalar: not ScalarKind.None } list
            && (list.Form == CollectionForm.List || list.Name.EndsWith("[]", StringComparison.Ordinal)));

    private static TypeFailureModel? NotCsv(TypeClosureModel closure)
    {
        if (closure.RootType is not ObjectTypeModel root)
        {
            return Failure(TypeNames.Label(closure.Root), closure.Root, "has no columns: rows of CSV need a type with members");
        }

        if (root.Members.Count == 0)
        {
            return Failure(root.Label, root.Type, "has no columns: rows of CSV need a type with members");
        }

        var member = root.Members.FirstOrDefault(
            static member => member.Type.Scalar is ScalarKind.None or ScalarKind.Bytes or ScalarKind.BigInteger);
        return member is null
            ? null
            : Failure($"{root.Label}.{member.Name}", member.Type, "does not fit a column of CSV: use JSON lines, or a single value");
    }

    private static TypeFailureModel? NotRows(TypeClosureModel closure)
    {
        foreach (var type in closure.Types.OfType<ObjectTypeModel>().Where(static type => !type.IsTuple))
        {
            if (type.Members.FirstOrDefault(static member => member.Epoch is not null && !IsInstant(member.Type)) is { } late)
            {
                return Failure($"{type.Label}.{late.Name}", late.Type, "is no DateTime or DateTimeOffset, which [Epoch] is for");
            }

            var names = type.Members.GroupBy(static member => member.RowName, StringComparer.Ordinal);
            if (names.FirstOrDefault(static same => same.Count() > 1) is { } same)
            {
                var last = same.Last();
                var reason = $"would be called '{same.Key}' as another member is: name it by [Column]";
                return Failure($"{type.Label}.{last.Name}", last.Type, reason);
            }
        }

        return null;
    }

    private static bool IsInstant(TypeRefModel type) => type.Scalar is ScalarKind.DateTime or ScalarKind.DateTimeOffset;

    private static TypeFailureModel? NotJson(TypeClosureModel closure)
    {
        var map = closure.Types.OfType<MapTypeModel>().FirstOrDefault(static type => type.Key.Scalar != ScalarKind.Text);
        return map is null ? null : Failure(TypeNames.Label(closure.Root), map.Type, "cannot be a JSON object: its keys must be texts");
    }

    private static TypeFailureModel Failure(string path, TypeRefModel type, string reason) =>
        new() { Path = path, Type = TypeNames.Label(type), Reason = reason };
}
