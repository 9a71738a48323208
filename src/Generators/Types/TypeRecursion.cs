namespace Weir.Generators.Types;

/// <summary>Finds the types whose values may contain others of them.</summary>
internal static class TypeRecursion
{
    /// <summary>Marks them among the types of a closure.</summary>
    public static TypeModel[] Mark(TypeModel[] types)
    {
        var byName = types.ToDictionary(static type => type.Name, StringComparer.Ordinal);
        return [.. types.Select(type => type is ObjectTypeModel { IsTuple: false } model && Reaches(model, model.Name, byName)
            ? model with { IsRecursive = true } : type)];
    }

    private static bool Reaches(TypeModel from, string name, Dictionary<string, TypeModel> types)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<TypeModel>([from]);
        while (open.Count > 0)
        {
            foreach (var part in Parts(open.Pop()))
            {
                if (part == name)
                {
                    return true;
                }

                if (seen.Add(part) && types.TryGetValue(part, out var type))
                {
                    open.Push(type);
                }
            }
        }

        return false;
    }

    private static IEnumerable<string> Parts(TypeModel type) => type switch
    {
        ObjectTypeModel model => model.Members.Where(static member => member.Codec is null).Select(static member => member.Type.Name),
        HierarchyTypeModel hierarchy => hierarchy.Cases.Select(static one => one.Type.Name),
        NullableTypeModel nullable => [nullable.Item.Name],
        SequenceTypeModel list => [list.Item.Name],
        SetTypeModel set => [set.Item.Name],
        MapTypeModel map => [map.Key.Name, map.Value.Name],
        GridTypeModel grid => [grid.Item.Name],
        _ => [],
    };
}
