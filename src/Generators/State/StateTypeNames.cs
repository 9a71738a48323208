using Weir.Generators.Types;

namespace Weir.Generators.State;

/// <summary>How types are called in a baseline: by the names of schemas.</summary>
internal static class StateTypeNames
{
    /// <summary>The name of a type: <c>long</c>, <c>list&lt;Shop.Line&gt;</c>, <c>nullable&lt;DateTime&gt;</c>.</summary>
    public static string Of(TypeRefModel reference, IReadOnlyDictionary<string, TypeModel> types)
    {
        if (types.TryGetValue(reference.Name, out var type))
        {
            return type switch
            {
                NullableTypeModel nullable => $"nullable<{Of(nullable.Item, types)}>",
                SequenceTypeModel list => $"list<{Of(list.Item, types)}>",
                SetTypeModel set => $"set<{Of(set.Item, types)}>",
                MapTypeModel map => $"map<{Of(map.Key, types)}, {Of(map.Value, types)}>",
                GridTypeModel grid => FormattableString.Invariant($"grid{grid.Rank}<{Of(grid.Item, types)}>"),
                ObjectTypeModel { IsTuple: true } tuple =>
                    $"tuple<{string.Join(", ", tuple.Members.Select(member => Of(member.Type, types)))}>",
                CustomTypeModel custom => $"custom<{Plain(custom.Codec)}>",
                ObjectTypeModel or HierarchyTypeModel or EnumTypeModel => NameOf(type),
                _ => Plain(reference.Name),
            };
        }

        return reference.IsEnum || reference.IsNullable || reference.Scalar == ScalarKind.None ? Plain(reference.Name)
            : reference.Scalar switch
            {
                ScalarKind.Boolean => "bool",
                ScalarKind.Int16 => "short",
                ScalarKind.UInt16 => "ushort",
                ScalarKind.Int32 => "int",
                ScalarKind.UInt32 => "uint",
                ScalarKind.Int64 => "long",
                ScalarKind.UInt64 => "ulong",
                ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Char or ScalarKind.Double or ScalarKind.Decimal =>
                    reference.Scalar.ToString().ToLowerInvariant(),
                ScalarKind.Single => "float",
                ScalarKind.Text => "string",
                ScalarKind.Bytes => "bytes",
                _ => reference.Scalar.ToString(),
            };
    }

    /// <summary>The description of a type whose members are stored; null for any other.</summary>
    public static StateTypeModel? Describe(TypeModel type, IReadOnlyDictionary<string, TypeModel> types) => type switch
    {
        ObjectTypeModel { IsTuple: false } record => new StateTypeModel
        {
            Name = NameOf(type),
            FormerNames = record.FormerNames,
            Members = new([.. record.Members.Select(member => new StateMemberModel
            {
                Name = member.Name,
                Type = member.Codec is { } codec ? $"custom<{Plain(codec)}>" : Of(member.Type, types),
                FormerNames = member.FormerNames,
            })]),
        },
        HierarchyTypeModel hierarchy => new StateTypeModel
        {
            Name = NameOf(type),
            FormerNames = hierarchy.FormerNames,
            Members = new([.. hierarchy.Cases.Select(one => new StateMemberModel
            {
                Name = one.Name,
                Type = Of(one.Type, types),
                FormerNames = one.FormerNames,
            })]),
        },
        EnumTypeModel named => new StateTypeModel
        {
            Name = NameOf(type),
            FormerNames = named.FormerNames,
            Members = new([
                new StateMemberModel { Name = "number", Type = Of(named.Number, types), FormerNames = default },
                .. named.Names.Select(static name =>
                    new StateMemberModel { Name = name.Name, Type = name.Number, FormerNames = name.FormerNames }),
            ]),
        },
        _ => null,
    };

    private static string NameOf(TypeModel type) => type switch
    {
        EnumTypeModel named => "enum " + named.Label,
        HierarchyTypeModel hierarchy => "hierarchy " + hierarchy.Label,
        ObjectTypeModel record => "record " + record.Label,
        _ => Plain(type.Name),
    };

    // As people write it.
    private static string Plain(string name)
    {
        var at = name.LastIndexOf(':');
        return at < 0 ? name : string.Concat(name.Split(':').Select(static part =>
            part.EndsWith("global", StringComparison.Ordinal) ? part.Substring(0, part.Length - "global".Length) : part));
    }
}
